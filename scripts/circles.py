#!/usr/bin/env python3
"""Finds files of a crate that import each other in a circle, from their `use` lines.

    scripts/circles.py [FOLDER...]     each folder is a crate's src; without one, those of all rooms

A file points at another when a `use` names something that the other defines: `use super::Row` points at the file in which
`Row` stands, also where a module between the two only passes it on. `pub use` points too. Lines of tests do not count.
Ends with 1 when there is a circle, and names its files and what ties them.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFINES = re.compile(
    r"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?(?:default[ \t]+)?(?:const[ \t]+)?(?:async[ \t]+)?(?:unsafe[ \t]+)?"
    r"(?:fn|struct|enum|trait|type|const|static|union|macro_rules!)[ \t]+(\w+)", re.M)
MODULE = re.compile(r"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;", re.M)
USE = re.compile(r"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?use[ \t]+([^;]+);", re.M)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
TESTS = re.compile(r"#\[cfg\(test\)\]\s*mod\s+\w+\s*\{")


def without_tests(text):
    """The text without comments and without modules of tests."""
    text = COMMENT.sub("", text)
    while found := TESTS.search(text):
        depth, at = 1, found.end()
        while depth and at < len(text):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        text = text[: found.start()] + text[at:]
    return text


def leaves(tree):
    """The paths that a `use` tree names, each with the name it gets: `a::{b, c as d}` is `a::b` as b and `a::c` as d."""
    tree = tree.strip()
    brace = tree.find("{")
    if brace < 0:
        path, _, name = tree.partition(" as ")
        parts = [part.strip() for part in path.split("::")]
        yield parts, (name.strip() or parts[-1])
        return
    start = [part for part in tree[:brace].strip().removesuffix("::").split("::") if part]
    depth, begin, inner = 0, brace + 1, tree[brace + 1 : tree.rfind("}")]
    piece = ""
    for letter in inner + ",":
        if letter == "," and depth == 0:
            if piece.strip():
                for parts, name in leaves(piece):
                    if parts == ["self"]:
                        yield start, start[-1]
                    else:
                        yield start + parts, name
            piece = ""
            continue
        depth += {"{": 1, "}": -1}.get(letter, 0)
        piece += letter


class Crate:
    """The files of a crate by their module path, with what each defines and uses."""

    def __init__(self, source):
        self.files, self.defines, self.uses, self.modules = {}, {}, {}, {}
        root = source / "lib.rs" if (source / "lib.rs").exists() else source / "main.rs"
        self.add((), root, source)

    def add(self, path, file, folder):
        text = without_tests(file.read_text())
        self.files[path] = file
        self.defines[path] = set(DEFINES.findall(text))
        self.uses[path] = [leaf for use in USE.findall(text) for leaf in leaves(use)]
        self.modules[path] = set(MODULE.findall(text))
        for name in self.modules[path]:
            for child, inner in ((folder / f"{name}.rs", folder / name), (folder / name / "mod.rs", folder / name)):
                if child.exists():
                    self.add((*path, name), child, inner)

    def absolute(self, parts, at):
        """The module path and what follows it, for a path that stands in the module `at`; nothing for another crate."""
        here = list(at)
        if parts[0] == "crate":
            here, parts = [], parts[1:]
        elif parts[0] in ("self", "super"):
            while parts and parts[0] in ("self", "super"):
                if parts[0] == "super":
                    here = here[:-1]
                parts = parts[1:]
        elif parts[0] not in self.modules[at]:
            return None
        while parts and (*here, parts[0]) in self.files:
            here, parts = [*here, parts[0]], parts[1:]
        return tuple(here), parts

    def origin(self, parts, at, seen=()):
        """The file that defines what a path names."""
        found = self.absolute(parts, at)
        if found is None:
            return None
        module, rest = found
        if not rest or rest[0] == "*" or rest[0] in self.defines[module] or (module, rest[0]) in seen:
            return module
        for path, name in self.uses[module]:
            if name == rest[0]:
                return self.origin(path + rest[1:], module, (*seen, (module, rest[0]))) or None
        for path, name in self.uses[module]:
            if name == "*":
                there = self.absolute(path[:-1], module)
                if there and rest[0] in self.defines[there[0]]:
                    return there[0]
        return module

    def arrows(self):
        arrows = {}
        for at, uses in self.uses.items():
            for parts, name in uses:
                to = self.origin(parts, at)
                if to is not None and to != at:
                    arrows.setdefault(at, {}).setdefault(to, set()).add(name)
        return arrows


def circles(arrows):
    """The strongly connected components of more than one file (Tarjan's algorithm)."""
    index, low, stack, on, found = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on.add(node)
        for to in arrows.get(node, ()):
            if to not in index:
                visit(to)
                low[node] = min(low[node], low[to])
            elif to in on:
                low[node] = min(low[node], index[to])
        if low[node] == index[node]:
            group = []
            while True:
                last = stack.pop()
                on.discard(last)
                group.append(last)
                if last == node:
                    break
            if len(group) > 1:
                found.append(sorted(group))

    for node in list(arrows):
        if node not in index:
            visit(node)
    return found


def main():
    sys.setrecursionlimit(10_000)
    folders = [Path(folder).resolve() for folder in sys.argv[1:]]
    if not folders:
        folders = [file.parent for file in sorted(ROOT.glob("*/src/lib.rs")) + sorted(ROOT.glob("app/*/src/lib.rs"))]
    count = 0
    for folder in folders:
        crate = Crate(folder)
        arrows = crate.arrows()
        for group in circles(arrows):
            count += 1
            print(f"{folder}: {len(group)} files import each other in a circle")
            for at in group:
                for to in group:
                    if names := arrows.get(at, {}).get(to):
                        print(f"  {'/'.join(at) or 'lib'} -> {'/'.join(to) or 'lib'}: {', '.join(sorted(names))}")
    print(f"{count} circles in {len(folders)} crates")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
