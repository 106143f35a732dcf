#!/usr/bin/env python3
"""Measures the hub and writes the figures into docs/BENCHMARKS.md; scripts/bench.sh prepares and starts it.

How: the server runs on the first core alone, the load comes from the second. Throughput is wrk's, 16 connections
at full speed. Waiting times are measured apart, at half of that rate, by a client of our own that sends at fixed
moments, whatever the server does, and counts from the moment a request was due; wrk waits for the server and so
hides its pauses. CPU per request is what the kernel charged the server, divided by the answers. All traffic stays
on 127.0.0.1.
"""

import asyncio
import datetime
import gc
import html
import http.cookiejar
import json
import os
import platform
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

from more_vacancies import write_more

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "BENCHMARKS.md"
WORK = Path(os.environ["BENCH_WORK"])
SERVER = os.environ["HUB_SERVER"]
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]

WRK_SECONDS, WRK_CONNECTIONS = 10, 16
PACED_SECONDS, PACED_CONNECTIONS, PACED_MOST = 15, 32, 1000
SIZES = (640, 5_000)
APPLICATIONS, CV_BYTES, PASSWORDS, PAGES_BESIDE = 100, 200_000, 20, 100
IMPORT_ROWS = 50_000
LISTED, LIST_ROUNDS = 50_000, 200
ENGINE_SIZES = (640, 5_000, 50_000, 1_000_000)
PEER_SIZES = (5_000, 50_000)

# What people ask: words, a slip of the keyboard, facets, a place, a combination, a far page.
SEARCHES = [
    "", "q=lasrobot", "q=lasrobt", "q=marketing", "q=Praktikum", "q=software", "q=zorg", "q=data",
    "soort=stage", "soort=afstudeeropdracht&niveau=hbo", "niveau=mbo-4", "taal=de", "plaats=Ulft", "plaats=Doetinchem&straal=10",
    "q=techniek&soort=stage&niveau=hbo&plaats=Winterswijk&straal=50", "sorteer=nieuwste", "sorteer=sluit&pagina=3", "q=bestaatnietxyz",
]


def say(text):
    print(f"\033[1m[bench]\033[0m {text}", flush=True)


# --- the hub that is measured ---------------------------------------------------------------

class Hub:
    """A server on the first core, with a database of its own."""

    def __init__(self, name, database=None):
        self.data = WORK / name
        self.data.mkdir(exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "SMARTHUB_ADDRESS": f"127.0.0.1:{self.port}", "SMARTHUB_PUBLIC_URL": self.url,
            "SMARTHUB_DATA_FOLDER": str(self.data), "SMARTHUB_TRUSTED_PROXIES": "1", "DATABASE_URL": database or f"sqlite:{self.data}/hub.db",
        }
        self.process = None

    def start(self):
        """Starts the server; the seconds until its first answer."""
        began = time.perf_counter()
        self.process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CORE), SERVER, "serve", "--demo"],
            env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=(self.data / "log").open("w"))
        for _ in range(6000):
            if self.process.poll() is not None:
                sys.exit((self.data / "log").read_text() + "the server stopped")
            try:
                with urllib.request.urlopen(f"{self.url}/vacatures", timeout=5) as answer:
                    answer.read()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.01)
        sys.exit("the server gave no answer within a minute")

    def stop(self):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def __enter__(self):
        self.first_answer = self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def cpu(self):
        """The seconds of CPU that the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """Resident memory now and at most, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return [int(re.search(rf"{key}:\s+(\d+)", status).group(1)) / 1024 for key in ("VmRSS", "VmHWM")]

    def command(self, *arguments):
        """Runs a command of the server to its end: seconds, and the most memory in MB."""
        began = time.perf_counter()
        process = subprocess.Popen([SERVER, *arguments], env=self.environment, cwd=ROOT,
                                   stdout=(self.data / "out").open("w"), stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit((self.data / "out").read_text()[-3000:] + f"failed: {' '.join(arguments)}")
        return time.perf_counter() - began, usage.ru_maxrss / 1024

    def wait_for_index(self, path):
        """Waits until the pages offer the index to browsers: a hub that has just started is still packing it."""
        for _ in range(600):
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                if b"data-core" in answer.read():
                    return
            time.sleep(0.1)
        sys.exit("the hub offers no index")

    def link(self, path, start):
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            found = re.search(rf'href="({start}/[^"/?#]+)"', answer.read().decode())
        return found.group(1) if found else sys.exit(f"{path}: no link below {start}")


def hub_of(size):
    """A hub with about so many vacancies: the demo's, and more when that is not enough."""
    hub = Hub(f"hub-{size}")
    with hub:
        pass
    path = WORK / f"vacatures-{size - SIZES[0]}.csv"
    demo = write_more(max(0, size - SIZES[0]), path)
    if size > SIZES[0]:
        hub.command("import", "vacancies", str(path))
    return hub, demo


# --- load -----------------------------------------------------------------------------------

def wrk(hub, paths, encoding):
    """Requests a second at full speed, and milliseconds of the server's CPU for each."""
    script = WORK / "paths.lua"
    quoted = ",".join(json.dumps(path) for path in paths)
    script.write_text(f"""
local paths, at = {{{quoted}}}, 0
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary) io.write(string.format("RESULT %d %d %d\\n", summary.requests, summary.duration,
  summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout)) end
""")
    command = ["taskset", "-c", str(LOAD_CORE), "wrk", "-t1", f"-c{WRK_CONNECTIONS}", "-s", str(script), hub.url]
    header = ["-H", f"Accept-Encoding: {encoding}"] if encoding else []
    subprocess.run([*command, "-d2s", *header], check=True, stdout=subprocess.DEVNULL)
    before = hub.cpu()
    output = subprocess.run([*command, f"-d{WRK_SECONDS}s", *header], check=True, capture_output=True, text=True).stdout
    used = hub.cpu() - before
    requests, micros, errors = map(int, re.search(r"RESULT (\d+) (\d+) (\d+)", output).groups())
    if errors:
        sys.exit(f"{errors} of {requests} requests failed\n{output}")
    return requests / micros * 1e6, used / requests * 1000


async def answer(reader):
    """Reads one whole answer; its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = re.search(rb"content-length: (\d+)", head)
    if length:
        await reader.readexactly(int(length.group(1)))
    elif b"transfer-encoding: chunked" in head:
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    return status


def opens(hub, paths, encoding):
    """The requests that open pages in turn."""
    header = f"Accept-Encoding: {encoding}\r\n" if encoding else ""
    requests = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\n{header}\r\n".encode() for path in paths]
    return lambda number: requests[number % len(requests)]


def sends(hub, path, kind, body_of):
    """The requests that send a form, each from a network of its own, as a proxy would say."""
    def request(number):
        body = body_of(number)
        return (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{hub.port}\r\nX-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
                f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body
    return request


async def paced_load(hub, request, rate, seconds=PACED_SECONDS, expected=range(400)):
    due, waits, faults = asyncio.Queue(), [], []

    async def connection():
        reader, writer = await asyncio.open_connection("127.0.0.1", hub.port, limit=2**20)
        while (item := await due.get()) is not None:
            moment, number = item
            writer.write(request(number))
            status = await answer(reader)
            waits.append(time.perf_counter() - moment)
            if status not in expected:
                faults.append(status)
        writer.close()

    clients = [asyncio.create_task(connection()) for _ in range(PACED_CONNECTIONS)]
    began = time.perf_counter() + 0.2
    for number in range(int(rate * seconds)):
        moment = began + number / rate
        pause = moment - time.perf_counter()
        if pause > 0:
            await asyncio.sleep(pause)
        due.put_nowait((moment, number))
    for _ in clients:
        due.put_nowait(None)
    await asyncio.wait_for(asyncio.gather(*clients), 60)
    if faults:
        sys.exit(f"{len(faults)} requests failed with {set(faults)}")
    return waits


def together(*loads):
    """Runs loads at the same time on the second core; the waiting times of each."""
    async def run():
        return await asyncio.gather(*loads)

    os.sched_setaffinity(0, {LOAD_CORE})
    gc.disable()
    try:
        return asyncio.run(run())
    finally:
        gc.enable()
        os.sched_setaffinity(0, set(CORES))


def middle_and_high(waits):
    """The median and the 99th percentile in ms."""
    cuts = statistics.quantiles([wait * 1000 for wait in waits], n=100, method="inclusive")
    return cuts[49], cuts[98]


def paced(hub, paths, encoding, rate):
    """The median and the 99th percentile of the waiting time in ms, at a rate."""
    [waits] = together(paced_load(hub, opens(hub, paths, encoding), rate))
    return middle_and_high(waits)


# --- what is measured -----------------------------------------------------------------------

def measure_pages():
    rows, memory = [], []
    for size in SIZES:
        hub, _ = hub_of(size)
        with hub:
            pages = {
                "search": [f"/vacatures?{query}".rstrip("?") for query in SEARCHES],
                "home": ["/"],
                "vacancy": [hub.link("/vacatures", "/vacatures")],
                "organisation": [hub.link("/organisaties", "/organisaties")],
            }
            idle = hub.memory()[0]
            for name, paths in pages.items():
                for encoding in ("br", ""):
                    say(f"{name}, {size} vacancies, {encoding or 'not compressed'}")
                    rate, cpu = wrk(hub, paths, encoding)
                    pace = min(rate / 2, PACED_MOST)
                    middle, high = paced(hub, paths, encoding, pace)
                    rows.append([f"{size:,}", name, encoding or "none", f"{rate:,.0f}", f"{cpu:.2f}", f"{pace:,.0f}", f"{middle:.1f}", f"{high:.1f}"])
            now, most = hub.memory()
            memory.append([f"{size:,}", f"{idle:.0f}", f"{now:.0f}", f"{most:.0f}"])
    write("pages", table(["vacancies", "page", "encoding", "requests/s", "CPU ms/request", "paced at/s", "median ms", "p99 ms"], rows)
          + f"\n\nThe search page is asked for {len(SEARCHES)} searches in turn. wrk, {WRK_CONNECTIONS} connections, {WRK_SECONDS} s; "
          f"paced: {PACED_CONNECTIONS} connections, {PACED_SECONDS} s, at half of the requests/s and at most {PACED_MOST:,}.")
    write("memory", table(["vacancies", "MB at rest", "MB after the load", "MB at most"], memory))


def measure_applying():
    """Applications with a CV, and pages while passwords are checked: the two things that could make all others wait."""
    with Hub("applying") as hub:
        slug = hub.link("/vacatures", "/vacatures").rsplit("/", 1)[1]
        # A picture, as scanned CVs are: nothing that packing makes smaller.
        cv = b"%PDF-1.7\n1 0 obj << /Type /XObject /Filter /DCTDecode >> stream\n" + os.urandom(CV_BYTES) + b"\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"

        def application(number):
            fields = {"name": f"Talent {number}", "email": f"talent.{number}@load.example", "motivation": "Ik wil leren lassen.", "do": "send"}
            parts = "".join(f'--border\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
            return parts.encode() + b'--border\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\n\r\n' + cv + b"\r\n--border--\r\n"

        def password(number):
            return f"email=talent.{number}@load.example&password=vier+koeien+in+de+wei".encode()

        pages = opens(hub, [f"/vacatures?{query}".rstrip("?") for query in SEARCHES], "")
        apply = sends(hub, f"/solliciteren/{slug}", "multipart/form-data; boundary=border", application)
        sign_in = sends(hub, "/inloggen", "application/x-www-form-urlencoded", password)
        rows = []

        def row(name, rate, waits):
            middle, high = middle_and_high(waits)
            rows.append([name, f"{rate:,}", f"{len(waits):,}", f"{middle:.1f}", f"{high:.1f}"])

        say("pages alone")
        [alone] = together(paced_load(hub, pages, PAGES_BESIDE))
        row("search pages, nothing beside", PAGES_BESIDE, alone)
        say("pages while passwords are checked")
        beside, checked = together(paced_load(hub, pages, PAGES_BESIDE), paced_load(hub, sign_in, PASSWORDS, expected={422}))
        row("search pages while passwords are checked", PAGES_BESIDE, beside)
        row("password checks", PASSWORDS, checked)
        say("applications with a CV")
        [sent] = together(paced_load(hub, apply, APPLICATIONS, expected={303}))
        row(f"applications with a CV of {CV_BYTES // 1000} kB", APPLICATIONS, sent)
        most = hub.memory()[1]
    with sqlite3.connect(hub.data / "hub.db") as database:
        [kept] = database.execute("SELECT count(*) FROM applications WHERE cv_document IS NOT NULL AND email LIKE '%@load.example'").fetchone()
    if kept != len(sent):
        sys.exit(f"{len(sent)} applications were acknowledged, {kept} are in the database")
    write("applying", table(["what", "at a second", "answers", "median ms", "p99 ms"], rows)
          + f"\n\nEvery application is in the database with its CV; every other answer would have ended the run. Memory: {most:.0f} MB at most.")


# Applications to all vacancies of the organisation that has most, one a minute, in every state that an organisation sees.
FILL_LIST = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count}),
busiest(id) AS (SELECT organisation_id FROM vacancies GROUP BY organisation_id ORDER BY count(*) DESC, organisation_id LIMIT 1),
theirs(id, place) AS (SELECT id, row_number() OVER (ORDER BY id) - 1 FROM vacancies WHERE organisation_id = (SELECT id FROM busiest))
INSERT INTO applications (vacancy_id, organisation_id, name, folded_name, email, language, motivation, answers, state, state_since, reminders,
  created_at, submitted_at)
SELECT theirs.id, (SELECT id FROM busiest), 'Talent ' || (i * 7919 % {count}), 'talent ' || (i * 7919 % {count}), 'talent.' || i || '@load.example', 'nl',
  '{motivation}', '[]', CASE i % 8 WHEN 0 THEN 'submitted' WHEN 1 THEN 'seen' WHEN 2 THEN 'in_conversation' WHEN 3 THEN 'offered'
  WHEN 4 THEN 'accepted' WHEN 5 THEN 'placed' WHEN 6 THEN 'withdrawn' ELSE 'declined' END, {moment}, 0, {moment}, {moment}
FROM n JOIN theirs ON theirs.place = n.i % (SELECT count(*) FROM theirs)
"""
JOIN_BUSIEST = """
INSERT INTO memberships (account_id, organisation_id, role, created_at)
SELECT accounts.id, (SELECT organisation_id FROM vacancies GROUP BY organisation_id ORDER BY count(*) DESC, organisation_id LIMIT 1), 'editor',
  {moment} FROM accounts WHERE email = 'reader@load.example'
"""
MOMENTS = {"SQLite": "strftime('%Y-%m-%dT%H:%M:%S+00:00', '2026-11-21 12:00:00', '-' || {i} || ' minutes')",
           "PostgreSQL": "timestamptz '2026-11-21 12:00:00+00' - {i} * interval '1 minute'"}
BUSIEST = """SELECT slug FROM organisations WHERE id = (SELECT organisation_id FROM vacancies GROUP BY organisation_id
  ORDER BY count(*) DESC, organisation_id LIMIT 1)"""


def run_sql(hub, kind, sql):
    """Runs a statement in the hub's database; what it answers, as text."""
    if kind == "SQLite":
        with sqlite3.connect(hub.data / "hub.db", timeout=30) as database:
            row = database.execute(sql).fetchone()
        return row[0] if row else ""
    command = ["psql", "-qtA", "-v", "ON_ERROR_STOP=1", "-c", sql, hub.environment["DATABASE_URL"]]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def signed_in(hub, address):
    """A browser in which somebody is signed in, by the mail that a demo keeps."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    browser.addheaders = [("Origin", hub.url)]

    def ask(path, form=None):
        with browser.open(hub.url + path, form and urllib.parse.urlencode(form).encode(), timeout=60) as answer:
            return answer.read().decode()

    ask("/inloggen", {"email": address})
    for _ in range(100):
        rows = [row for row in ask("/post").split("<li>") if f"<p>{address} " in row]
        if rows:
            break
        time.sleep(0.1)
    else:
        sys.exit(f"no mail came to {address}")
    mail = ask(re.search(r'href="(/post/\d+)"', rows[0]).group(1))
    link = urllib.parse.urlsplit(html.unescape(re.search(r'href="([^"]+)"[^>]*style="display:inline-block', mail).group(1))).path
    ask(link, {"do": "sign-in"})
    return browser


def measure_lists():
    """The list of what one organisation received, with many applications: its pages, and all of it as files."""
    databases = {"SQLite": None}
    if server := os.environ.get("TEST_DATABASE_URL"):
        databases["PostgreSQL"] = server
    else:
        say("no PostgreSQL: lists are measured on SQLite alone")
    rows, files = [], []
    for kind, database in databases.items():
        with Hub(f"lists-{kind}", database) as hub:
            browser = signed_in(hub, "reader@load.example")
            motivation = "Ik wil leren lassen. " * 40
            run_sql(hub, kind, FILL_LIST.format(count=LISTED, moment=MOMENTS[kind].format(i="i"), motivation=motivation))
            run_sql(hub, kind, JOIN_BUSIEST.format(moment=MOMENTS[kind].format(i=0)))
            if kind == "PostgreSQL":  # as it does by itself before long
                run_sql(hub, kind, "VACUUM ANALYZE applications")
            page = f"/organisatie/{run_sql(hub, kind, BUSIEST)}"

            def read(path):
                began = time.perf_counter()
                with browser.open(hub.url + path, timeout=120) as answer:
                    size = sum(len(piece) for piece in iter(lambda: answer.read(1 << 16), b""))
                return time.perf_counter() - began, size

            with browser.open(f"{hub.url}{page}?sorteer=naam", timeout=60) as answer:
                following = html.unescape(re.search(r'rel="next" href="([^"]+)"', answer.read().decode()).group(1))
            asked = {"first page": page, "waits for an answer": f"{page}?wacht=ja", "one state": f"{page}?stand=gezien", "by name": f"{page}?sorteer=naam",
                     "by name, next page": following, "search for a name": f"{page}?q=talent+777",
                     "board": f"{page}?vorm=bord"}
            for name, path in asked.items():
                say(f"{LISTED:,} applications on {kind}: {name}")
                read(path)
                waits = [read(path)[0] for _ in range(LIST_ROUNDS)]
                middle, high = middle_and_high(waits)
                rows.append([kind, name, f"{middle:.1f}", f"{high:.1f}"])
            for extension in ("csv", "xlsx"):
                hub.stop()
                hub.start()
                browser.open(hub.url + page, timeout=60).close()
                before = hub.memory()[1]
                seconds, size = read(f"{page}?bestand={extension}")
                files.append([kind, extension.upper(), f"{seconds:.1f}", f"{size / 1e6:.1f}", f"{before:.0f}", f"{hub.memory()[1]:.0f}"])
    write("lists", table(["database", "page", "median ms", "p99 ms"], rows)
          + f"\n\n{LISTED:,} applications to one organisation; {LIST_ROUNDS} times each, one after the other, as a signed-in colleague reads the page, whole.\n\n"
          + table(["database", "all of them as", "seconds", "MB", "memory before, MB at most", "and after"], files))


def measure_start():
    hub, _ = hub_of(SIZES[0])
    seconds = []
    for _ in range(5):
        seconds.append(hub.start())
        hub.stop()
    write("start", f"From starting the server to the end of its first search page, {SIZES[0]} vacancies in the database: "
          f"**{statistics.median(seconds) * 1000:.0f} ms** (median of {len(seconds)}).")


def measure_import():
    say(f"import of {IMPORT_ROWS:,} vacancies")
    hub, _ = hub_of(SIZES[0])
    path = WORK / "import.csv"
    write_more(IMPORT_ROWS, path)
    first, peak = hub.command("import", "vacancies", str(path))
    again, peak_again = hub.command("import", "vacancies", str(path))
    rows = [["all new", f"{first:.1f}", f"{IMPORT_ROWS / first:,.0f}", f"{peak:.0f}"],
            ["again, nothing changed", f"{again:.1f}", f"{IMPORT_ROWS / again:,.0f}", f"{peak_again:.0f}"]]
    write("import", table([f"{IMPORT_ROWS:,} rows, {path.stat().st_size / 1e6:.0f} MB", "seconds", "rows/s", "MB at most"], rows))


def measure_lighthouse():
    addresses = {"nl": ("/", "/vacatures", "/organisaties"), "de": ("/de", "/de/stellen", "/de/organisationen"),
                 "en": ("/en", "/en/vacancies", "/en/organisations")}
    rows = []
    audits = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "total-byte-weight")
    with hub_of(SIZES[0])[0] as hub:
        hub.wait_for_index(addresses["nl"][1])
        for language, (home, search, organisations) in addresses.items():
            pages = {"home": home, "search": search, "vacancy": hub.link(search, search), "organisation": hub.link(organisations, organisations)}
            for name, path in pages.items():
                say(f"Lighthouse: {language} {name}")
                results = [lighthouse(hub.url + path) for _ in range(LIGHTHOUSE_RUNS)]
                scores = [f"{min(result['categories'][key]['score'] for result in results) * 100:.0f}"
                          for key in ("performance", "accessibility", "best-practices", "seo")]
                value = {key: sorted(result["audits"][key]["numericValue"] for result in results)[LIGHTHOUSE_RUNS // 2] for key in audits}
                for audit in (audit for result in results for audit in result["audits"].values()):
                    if audit.get("score") is not None and audit["score"] < 0.9 and audit.get("scoreDisplayMode") == "binary":
                        say(f"  not met: {audit['id']}: {audit['title']}")
                rows.append([language, name, *scores, f"{value['first-contentful-paint']:.0f}", f"{value['largest-contentful-paint']:.0f}",
                             f"{value['total-blocking-time']:.0f}", f"{value['cumulative-layout-shift']:.3f}", f"{value['total-byte-weight'] / 1000:.0f}"])
    write("lighthouse", table(["language", "page", "performance", "accessibility", "best practices", "SEO", "FCP ms", "LCP ms", "TBT ms", "CLS", "kB"], rows)
          + f"\n\nLighthouse 12.8.2 in Chromium, mobile, simulated slow 4G and a four times slower processor (its own standard): of {LIGHTHOUSE_RUNS} "
          "runs the middle of each measure, and the lowest of each score. kB is all that the page loads in the end, with engine and index where it searches.")


LIGHTHOUSE_RUNS = 3


def lighthouse(url):
    output = WORK / "lighthouse.json"
    for attempt in (1, 2):  # Chromium sometimes loses its tab; a second time it does not
        try:
            return lighthouse_once(url, output)
        except subprocess.CalledProcessError:
            if attempt == 2:
                raise
    return None


def lighthouse_once(url, output):
    subprocess.run(["lighthouse", url, "--quiet", "--output=json", f"--output-path={output}", "--max-wait-for-load=30000",
                    "--only-categories=performance,accessibility,best-practices,seo", "--chrome-flags=--headless=new --no-sandbox"],
                   check=True, timeout=180, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(output.read_text())


def bench(*arguments):
    """What a command of bench/ prints: figures by their names."""
    say(f"bench {' '.join(map(str, arguments))}")
    command = ["taskset", "-c", str(SERVER_CORE), os.environ["HUB_BENCH"], *map(str, arguments)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    return {name: float(figure) for name, figure in (line.split("\t") for line in output.splitlines())}


def thousands(figure, digits=0):
    return f"{figure:,.{digits}f}"


def measure_engine():
    load = os.getloadavg()[0]
    rows = []
    for size in ENGINE_SIZES:
        figure = bench("engine", size)
        times = [thousands(figure[f"{what} {share}"]) for what in ("search", "suggest") for share in ("p50", "p95", "p99", "max")]
        rows.append([f"{size:,}", *times, thousands(figure["build/s"]), thousands(figure["MB at most"]), f"{figure['change ms']:.1f}",
                     thousands(figure["offered"]), f"{figure['edit ms']:.1f}", thousands(figure["rebuild/edit"])])
    key_strokes = int(figure["strokes"])
    head = ["vacancies", *(f"{what} {share} µs" for what in ("search", "suggest") for share in ("p50", "p95", "p99", "max"))]
    write("engine", table([*head, "built/s", "MB at most", "one change ms", "vacancies of an organisation", "its edit ms", "times quicker than to build"], rows)
          + f"\n\n{key_strokes:,} key strokes: every beginning of every judged query; each is a search with all facets, the middle of three. "
          "One core, natively; the processor's time of the thread, so that other work on the machine does not count. An edit of an "
          "organisation finds its vacancies, puts them into the second segment and makes the list of organisations anew; the database is not "
          "in it. The vacancies are made up "
          f"of the demo's words, see bench/src/documents.rs. The load was {load:.1f} before.")
    names = {"ours": "this engine, all facets", "tantivy": "tantivy, 15 best and their count", "fts5 best": "SQLite FTS5, 15 best",
             "fts5 count": "SQLite FTS5, and their count", "fts5 facets": "SQLite FTS5, and five facets"}
    rows = []
    for size in PEER_SIZES:
        figure = bench("peers", size)
        rows += [[f"{size:,}", name, *(thousands(figure[f"{key} {share}"]) for share in ("p50", "p95", "p99", "max")),
                  f"{figure[f'{key} p95'] / figure['ours p95']:.1f}"] for key, name in names.items()]
    write("peers", table(["vacancies", "engine", "p50 µs", "p95 µs", "p99 µs", "max µs", "times ours at p95"], rows)
          + f"\n\n{figure['strokes']:,.0f} key strokes at the larger size, five times as many at the smaller, on the same vacancies in one run, one engine after the other, all in memory. FTS5: bm25 with weights, prefix index, no typos. "
          "Tantivy: Dutch stems, typos from four letters on, one segment, one thread.")
    figure = bench("judged")
    shares = ", ".join(f"{name} {figure[key] / figure['queries']:.1%}" for key, name in
                       (("ours", "this engine"), ("tantivy", "tantivy"), ("fts5", "SQLite FTS5")))
    write("judged", f"Of {figure['queries']:.0f} judged queries (search/tests/judged/queries.tsv) are answered as judged: {shares}.")
    rows = []
    for size in (640, 5_000, 50_000):
        figure = bench("snapshot", size)
        sizes = [thousands(figure[f"{file} kB{quality}"]) for file in ("core", "texts") for quality in ("", " br9", " br11")]
        times = [f"{figure[f'{what} {measure}']:.1f}" for what in ("open", "texts") for measure in ("ms", "whole ms", "step ms")]
        rows.append([f"{size:,}", *sizes, *times])
    head = [f"{file} kB{quality}" for file in ("core", "texts") for quality in ("", ", brotli 9", ", brotli 11")]
    head += [f"{what}{measure} ms" for what in ("open", "add texts") for measure in ("", ", with stems,", ", longest step,")]
    write("snapshot", table(["vacancies", *head], rows) + "\n\nOpened natively, on one core. A browser opens it in steps, between which it "
          "paints and answers; the stems, which the first search would else find, are the last of them.")


def measure_browser():
    shares = ("p50", "p95", "p99", "max")
    rows, peers = [], []
    for size, throttle in ((5_000, 1), (5_000, 4), (50_000, 1)):
        os.environ["SMARTHUB_SEARCH__MOST_VACANCIES_IN_BROWSER"] = "100000"
        hub, _ = hub_of(size)
        with hub:
            say(f"key strokes in Chromium: {size:,} vacancies, processor {throttle} times slower")
            sheets = [str(ROOT / "demo" / "vacatures.csv"), str(WORK / f"vacatures-{size - SIZES[0]}.csv")]
            with_peers = sheets if (size, throttle) == (5_000, 1) else []
            strokes = 5_000 if throttle == 1 and size == 5_000 else 1_000
            figure = json.loads(subprocess.run(
                ["node", "end2end/keystrokes.mjs", str(strokes), str(throttle), *with_peers], cwd=ROOT, check=True,
                capture_output=True, text=True, env=os.environ | {"HUB_URL": hub.url}).stdout)
        del os.environ["SMARTHUB_SEARCH__MOST_VACANCIES_IN_BROWSER"]
        for key, what in (("answered", "answered"), ("painted", "painted"), ("rested", "the rest, once typing rests"), ("list", "the browser's share")):
            rows.append([f"{size:,}", f"{throttle}x", f"{figure[key]['count']:,}", what, *(f"{figure[key][share]:.1f}" for share in shares)])
        for key, name in (("alone", "this engine"), ("minisearch", "MiniSearch"), ("orama", "Orama")):
            if key in figure:
                peers.append([name, *(f"{figure[key][share]:.1f}" for share in shares),
                              *(f"{figure[key]['p95'] / figure[ours]['p95']:.1f}" for ours in ("alone", "answered", "painted"))])
    write("browser", table(["vacancies", "slower", "strokes", "until", "p50 ms", "p95 ms", "p99 ms", "max ms"], rows)
          + "\n\nIn headless Chromium on a page of 390 pixels, limit of frames switched off. *Answered* is the work of the key stroke itself (search and "
          "change of the page), *painted* until the frame after it, in which are all cards that can be seen. Those further down follow when typing "
          "rests, which is measured by itself. *The browser's share* is what painting takes without us: lists of "
          "fifteen results that the server drew, set as text in the same page.\n\n"
          + table(["engine", "p50 ms", "p95 ms", "p99 ms", "max ms", "p95 times ours alone", "times ours answered", "times ours painted"], peers)
          + "\n\nSearch alone, key strokes one after the other and nothing painted between them, in the same page with the same 5,000 vacancies. "
          "Ours with all facets, typos and compounds, reading the form and setting the counts; the peers with typos, beginnings and weights, Orama with three facets.")


# --- the report -----------------------------------------------------------------------------

def table(head, rows):
    lines = [head, ["---"] + ["---:" if any(c.isdigit() for c in str(cell)) else "---" for cell in rows[0][1:]], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def machine():
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 2**20
    system = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return (f"{cpu.group(1) if cpu else platform.machine()}, {len(CORES)} cores, {memory:.0f} GB; {system['PRETTY_NAME'].strip(chr(34))}, "
            f"Linux {platform.release()}; {datetime.date.today():%d %B %Y}, commit {commit}.")


def write(part, text):
    """Puts a part between its markers, and the machine and the day beside it."""
    report = REPORT.read_text() if REPORT.exists() else "# Benchmarks\n\nMeasured by `make bench`; do not edit between the markers.\n"
    begin, end = f"<!-- {part}: measured -->", f"<!-- {part}: end -->"
    block = f"{begin}\n{text}\n\n{machine()} `scripts/bench.sh {COMMAND_OF[part]}`\n{end}"
    if begin in report:
        report = report[:report.index(begin)] + block + report[report.index(end) + len(end):]
    else:
        report += f"\n## {TITLES[part]}\n\n{block}\n"
    REPORT.write_text(report)
    print(text, flush=True)


TITLES = {"pages": "Pages", "applying": "Applications and passwords", "lists": "Lists of the dashboards", "memory": "Memory of the server", "start": "Start", "import": "Import", "lighthouse": "Lighthouse",
          "engine": "Search engine", "peers": "Search engine beside its peers", "judged": "Judged queries", "snapshot": "Snapshot", "browser": "Key strokes in the browser"}
COMMAND_OF = {"pages": "pages", "applying": "applying", "lists": "lists", "memory": "pages", "start": "start", "import": "import", "lighthouse": "lighthouse",
              "engine": "engine", "peers": "engine", "judged": "engine", "snapshot": "engine", "browser": "browser"}
# The import fills its hub with 50,000 vacancies, so it comes last.
MEASURES = {"pages": measure_pages, "applying": measure_applying, "lists": measure_lists, "start": measure_start, "lighthouse": measure_lighthouse, "import": measure_import,
            "engine": measure_engine, "browser": measure_browser}


def main():
    parts = sys.argv[1:] or list(MEASURES)
    if unknown := [part for part in parts if part not in MEASURES]:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    for tool in ("taskset",) if parts in (["engine"], ["applying"], ["lists"]) else ("wrk", "taskset", "lighthouse"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is missing; run scripts/setup.sh bench")
    if len(CORES) < 2:
        say("only one core: server and load share it, so the figures are too low")
    for part in parts:
        MEASURES[part]()
    say(f"written to {REPORT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
