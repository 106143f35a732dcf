#!/usr/bin/env python3
"""Leaves out of a wasm file what only tools read: the sections with names and relocations.

  scripts/strip_wasm.py FROM TO
"""

import sys

CUSTOM = 0


def number(data, at):
    """The number in LEB128 at a place, and the place behind it."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def main():
    source, target = sys.argv[1:]
    with open(source, "rb") as file:
        data = file.read()
    # The magic number and the version.
    kept, at = bytearray(data[:8]), 8
    while at < len(data):
        length, content = number(data, at + 1)
        if data[at] != CUSTOM:
            kept += data[at : content + length]
        at = content + length
    with open(target, "wb") as file:
        file.write(kept)


if __name__ == "__main__":
    main()
