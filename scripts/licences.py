#!/usr/bin/env python3
"""Holds every crate to the licences that deny.toml allows, and to the registry as its source.

`cargo deny check` says more (advisories too), but takes ten minutes to install; this takes a second.
"""

import re
import subprocess
import sys
import tomllib


def is_allowed(expression, allowed):
    """Whether an SPDX expression can be met; the old form `MIT/Apache-2.0` means OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        value = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            value = both() or value
        return value

    def both():
        value = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            value = one() and value
        return value

    def one():
        token = tokens.pop(0)
        if token == "(":
            value = either()
            tokens.pop(0)
            return value
        if tokens and tokens[0] == "WITH":  # an exception only ever gives more freedom
            del tokens[:2]
        return token in allowed

    return either()


def crates():
    """Every crate of the server and of the browser, with its licence."""
    for part in (["--workspace", "--exclude", "frontend"], ["-p", "frontend", "--target", "wasm32-unknown-unknown"]):
        command = ["cargo", "tree", *part, "--prefix", "none", "--format", "{p}\t{l}"]
        for line in subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
            # One that was named already has a mark behind it.
            name, _, licence = line.removesuffix(" (*)").partition("\t")
            if name:
                yield name, licence


def main():
    with open("deny.toml", "rb") as file:
        allowed = set(tomllib.load(file)["licenses"]["allow"])
    packages = set(crates())
    faults = []
    for name, licence in sorted(packages):
        # What comes from elsewhere than the registry has its address in parentheses; our own crates a path.
        elsewhere = re.search(r"\((?!proc-macro)([^)]+)\)", name)
        if elsewhere and not elsewhere.group(1).startswith("/"):
            faults.append(f"{name}: does not come from the registry")
        elif not elsewhere and not is_allowed(licence or "unknown", allowed):
            faults.append(f"{name}: its licence is {licence or 'unknown'}")
    print("\n".join(faults) or f"{len(packages)} crates, all under licences that deny.toml allows")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
