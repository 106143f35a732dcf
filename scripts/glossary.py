#!/usr/bin/env python3
"""Finds names in the code that docs/GLOSSARY.md says are never used, and words that it gives two meanings.

    scripts/glossary.py
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["domain", "search", "store", "words", "hub", "app", "frontend", "server"]
DEFINES = re.compile(
    r"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?(?:const[ \t]+)?(?:async[ \t]+)?"
    r"(?:fn|struct|enum|trait|type|const|static|mod)[ \t]+(\w+)", re.M)
COMMENT = re.compile(r"//[^\n]*")


def rows(text):
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) > 1 and cells[0] not in ("word", "---") and not set(line) <= set("|- "):
            yield cells


def main():
    glossary = (ROOT / "docs/GLOSSARY.md").read_text()
    known, never, faults = {}, {}, []
    for cells in rows(glossary):
        for word in cells[0].split(","):
            if word.strip() in known:
                faults.append(f"docs/GLOSSARY.md: {word.strip()} stands there twice")
            known[word.strip()] = cells[1]
        for word in cells[2].split(",") if len(cells) > 2 else []:
            if word.strip():
                never[word.strip()] = cells[0]
    if len(never) < 10:
        faults.append("docs/GLOSSARY.md: its tables can't be read")
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.rs")):
            text = COMMENT.sub("", file.read_text())
            for found in DEFINES.finditer(text):
                if instead := never.get(found.group(1)):
                    line = text.count("\n", 0, found.start()) + 1
                    faults.append(f"{file.relative_to(ROOT)}:{line}: {found.group(1)}; the glossary says {instead}")
    print("\n".join(faults) if faults else f"{len(known)} words, {len(never)} that are never used")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
