#!/usr/bin/env python3
"""Holds the pages of a running hub to their size, as they go over the wire with brotli.

  scripts/with-hub.sh python3 scripts/budget.py

What a reader waits for, HTML and style (in the page or beside it) with the headers of the answer, fits the first flight of
a fresh connection (ten packets, 14.6 kB); all that a first visit loads, with font, manifest, script, wasm and icons, stays under 220 kB.
The search engine is a file of its own, loaded later and only where the browser itself will answer; it is not counted
there and has a limit of its own. So has the program of the dashboards, which no public page loads. Prints a table; exits 1 when something is over.
"""

import http.client
import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

FIRST_FLIGHT = 14_600
WHOLE_VISIT = 220_000
# The aim is 60 kB (docs/BENCHMARKS.md); this keeps it from growing. Another compiler may part the program elsewhere.
ENGINE_LIMIT = 70_000
# The program of the dashboards, which public pages never load.
ISLANDS_LIMIT = 120_000
HUB = os.environ["HUB_URL"]
SITE = Path(os.environ["HUB_SITE"])
# A page loads the program when the browser is idle, so no tag has to name it; it counts all the same.
SCRIPTS = {f"/{file.relative_to(SITE)}" for file in SITE.glob("pkg/**/*") if file.suffix in (".js", ".wasm")}
ENGINE = {path for path in SCRIPTS if "/split_engine." in path}
ISLANDS = {path for path in SCRIPTS if "/islands." in path}
PROGRAM = SCRIPTS - ENGINE - ISLANDS
# A script asks for it after the first paint.
LATER = {"/manifest.webmanifest"}

LANGUAGES = {
    "nl": {"home": "/", "search": "/vacatures", "organisations": "/organisaties", "events": "/agenda"},
    "de": {"home": "/de", "search": "/de/stellen", "organisations": "/de/organisationen", "events": "/de/termine"},
    "en": {"home": "/en", "search": "/en/vacancies", "organisations": "/en/organisations", "events": "/en/events"},
}


def fetch(path, encoding):
    """The body of an address as it goes over the wire, and its headers."""
    address = urlsplit(urljoin(HUB, path))
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
    target = address.path + (f"?{address.query}" if address.query else "")
    connection.request("GET", target, headers={"Accept-Encoding": encoding, "User-Agent": "budget"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path}: the hub answered {answer.status}")
    return body, answer.headers


class Page(HTMLParser):
    """What a page makes a browser load: at once, and in the end."""

    def __init__(self, text):
        super().__init__()
        self.styles, self.others, self.style = set(), set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        has = {name: value or "" for name, value in attributes}
        kinds = has.get("rel", "").split()
        if tag == "link" and "stylesheet" in kinds and has.get("media", "all") != "print":
            self.styles.add(has["href"])
        elif tag == "link" and {"preload", "modulepreload", "icon", "apple-touch-icon", "manifest"} & set(kinds):
            self.others.add(has["href"])
        elif tag == "img" and has.get("loading") != "lazy" and has.get("src"):
            self.others.add(has["src"])
        elif tag == "script" and has.get("src"):
            self.others.add(has["src"])

    def handle_data(self, data):
        if self.cdata_elem == "style":
            self.style += data


def fonts_of(style):
    """The files that a style sheet names, beside those it carries itself."""
    return {name for name in re.findall(r"url\(['\"]?([^'\")]+)", style) if not name.startswith("data:")}


def measure(path):
    """The answer's headers, HTML with the style in it, style beside it, and everything, in bytes on the wire."""
    html, headers = fetch(path, "br")
    if headers.get("Content-Encoding") != "br":
        sys.exit(f"{path}: the hub did not answer with brotli")
    page = Page(fetch(path, "identity")[0].decode())
    style_bytes, others = 0, page.others | PROGRAM | LATER | fonts_of(page.style)
    for style in page.styles:
        style_bytes += len(fetch(style, "br")[0])
        others |= {urljoin(style, name) for name in fonts_of(fetch(style, "identity")[0].decode())}
    local = {urljoin(path, other) for other in others if not other.startswith("data:")}
    for other in local:
        if urlsplit(other).netloc not in ("", urlsplit(HUB).netloc):
            sys.exit(f"{path}: loads {other}, which is not ours")
    rest = sum(len(fetch(other, "br")[0]) for other in local)
    head = len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in headers.items())
    return head, len(html), style_bytes, len(html) + style_bytes + rest


def first_link(path, start):
    """The first address on a page that lies below another."""
    text = fetch(path, "identity")[0].decode()
    found = re.search(rf'href="({re.escape(start)}/[^"/?#]+)"', text)
    return found.group(1) if found else sys.exit(f"{path}: no link below {start}")


def main():
    if not any(name.endswith(".wasm") for name in PROGRAM):
        sys.exit(f"{SITE}: there is no wasm; run scripts/build.sh")
    too_big = []
    print(f"{'page':<18}{'headers':>8}{'HTML':>8}{'beside':>8}{'first':>8}{'whole':>9}   bytes with brotli")
    for language, pages in LANGUAGES.items():
        pages = dict(pages)
        pages["vacancy"] = first_link(pages["search"], pages["search"])
        pages["organisation"] = first_link(pages["organisations"], pages["organisations"])
        for name in ("home", "search", "vacancy", "organisation", "events"):
            head, html, style, whole = measure(pages[name])
            first = head + html + style
            over = [what for what, is_over in (("first", first > FIRST_FLIGHT), ("whole", whole > WHOLE_VISIT)) if is_over]
            too_big += over
            print(f"{language + ' ' + name:<18}{head:>8}{html:>8}{style:>8}{first:>8}{whole:>9}   {' and '.join(over)}{' over' if over else ''}")
    print(f"allowed{FIRST_FLIGHT:>43}{WHOLE_VISIT:>9}")
    for name, files, limit in (("engine", ENGINE, ENGINE_LIMIT), ("dashboards", ISLANDS, ISLANDS_LIMIT)):
        size = sum(len(fetch(path, "br")[0]) for path in files)
        print(f"{name:<12}{size:>47} of {limit}")
        if not 0 < size <= limit:
            too_big.append(name)
    sys.exit(1 if too_big else 0)


if __name__ == "__main__":
    main()
