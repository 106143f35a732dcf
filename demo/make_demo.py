#!/usr/bin/env python3
"""Makes the demo data of SmartHub: organisations, vacancies and events.

Everything is invented; the texts stand in the .txt files and zinnen.py next to this file.
The same bank gives the same files, byte for byte. Dates hang on ANCHOR; the importer
shifts the whole set by whole weeks.

  make_demo.py           writes the three CSV files into this folder and checks them
  make_demo.py --check   only checks the files that are there
"""
import csv, datetime as dt, random, re, sys, unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import zinnen as z

HERE = Path(__file__).resolve().parent
ANCHOR = dt.date(2026, 11, 16)
LANGUAGES = ["nl", "de", "en"]
SECTOR = {"htsm": "High Tech Systemen en Materialen", "agri": "Agri & Food", "logi": "Logistiek", "ener": "Energie", "lsh": "Life Sciences & Health", "crea": "Creatieve Industrie", "ict": "ICT", "bouw": "Bouw", "over": "Overheid", "onde": "Onderwijs", "dien": "Zakelijke dienstverlening"}
KIND_OF = {"over": "overheid", "onde": "onderwijs", "lsh": "maatschappelijke organisatie"}
MUNICIPALITY = {
    "Doetinchem": "Doetinchem", "Gaanderen": "Doetinchem", "Wehl": "Doetinchem", "Winterswijk": "Winterswijk", "Aalten": "Aalten", "Dinxperlo": "Aalten", "Bredevoort": "Aalten",
    "Groenlo": "Oost Gelre", "Lichtenvoorde": "Oost Gelre", "Borculo": "Berkelland", "Eibergen": "Berkelland", "Neede": "Berkelland", "Ruurlo": "Berkelland",
    "Ulft": "Oude IJsselstreek", "Terborg": "Oude IJsselstreek", "Varsseveld": "Oude IJsselstreek", "Gendringen": "Oude IJsselstreek", "Silvolde": "Oude IJsselstreek",
    "'s-Heerenberg": "Montferland", "Didam": "Montferland", "Zelhem": "Bronckhorst", "Hengelo (Gld)": "Bronckhorst", "Vorden": "Bronckhorst", "Steenderen": "Bronckhorst",
    "Zutphen": "Zutphen", "Lochem": "Lochem", "Bocholt": "Bocholt (DE)", "Emmerich am Rhein": "Emmerich (DE)"}
OFFICE = ["bedrijfskunde", "human resource management", "communicatie en marketing", "finance en control", "informatica", "data science"]
FIELDS_OF = {
    "htsm": ["werktuigbouwkunde", "mechatronica", "elektrotechniek", "technische bedrijfskunde", "industrieel product ontwerpen", "logistiek", "energietechniek"],
    "agri": ["voedingsmiddelentechnologie", "mechatronica", "technische bedrijfskunde", "logistiek"], "logi": ["logistiek", "technische bedrijfskunde", "mechatronica"],
    "ener": ["energietechniek", "elektrotechniek", "bouwkunde", "mechatronica"], "lsh": ["verpleegkunde"], "crea": ["industrieel product ontwerpen"], "ict": [],
    "bouw": ["bouwkunde", "energietechniek", "technische bedrijfskunde"], "over": ["bouwkunde", "energietechniek", "elektrotechniek"], "onde": [], "dien": []}
KIN = {"werktuigbouwkunde": ["industrieel product ontwerpen", "mechatronica"], "mechatronica": ["elektrotechniek", "werktuigbouwkunde"], "elektrotechniek": ["mechatronica", "energietechniek"], "informatica": ["data science"], "data science": ["informatica"], "technische bedrijfskunde": ["bedrijfskunde", "logistiek"], "logistiek": ["technische bedrijfskunde"], "bedrijfskunde": ["communicatie en marketing", "technische bedrijfskunde"], "human resource management": ["bedrijfskunde"], "communicatie en marketing": ["bedrijfskunde"], "finance en control": ["bedrijfskunde"], "bouwkunde": ["energietechniek"], "energietechniek": ["elektrotechniek"], "verpleegkunde": [], "voedingsmiddelentechnologie": [], "industrieel product ontwerpen": ["werktuigbouwkunde"]}
CARE = {"verpleegkunde"}
TECH = {"werktuigbouwkunde", "mechatronica", "elektrotechniek", "energietechniek", "bouwkunde", "industrieel product ontwerpen", "voedingsmiddelentechnologie", "informatica", "data science", "technische bedrijfskunde", "logistiek"}
COLUMNS = {
    "organisaties": "Kenmerk;Naam;Soort;Topsector;Medewerkers;Plaats;Gemeente;Website;Contactpersoon;E-mail;KvK-nummer;Branding;Lid sinds;Logo;Omschrijving;Omschrijving (de);Omschrijving (en)",
    "vacatures": "Kenmerk;Titel;Organisatie;Soort;Niveau;Studierichting;Vaardigheden;Plaats;Gemeente;Uren per week;Duur (weken);Startdatum;Sluitingsdatum;Vergoeding per maand;Taal;Grensoverschrijdend;Thuiswerken;Plekken;Status;Geplaatst op;Tekst",
    "bijeenkomsten": "Kenmerk;Titel;Soort;Gastheer;Plaats;Begin;Einde;Capaciteit;Doelgroep;Tekst;Taal"}


def lines(name):
    return [l for l in (HERE / name).read_text("utf-8").splitlines() if l and not l.startswith("#")]


def slug(text):
    text = unicodedata.normalize("NFKD", text.replace("'", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def date(d):
    return d.strftime("%d-%m-%Y")


def euro(amount):
    return "€ " + f"{amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def upper(text):
    return text[:1].upper() + text[1:]


def read_organisations():
    rows, all_lines = [], lines("organisaties.txt")
    for at in range(0, len(all_lines), 6):
        name, sector, staff, place, contact, brand, since, tags = all_lines[at].split("|")
        rows.append({"name": name, "sector": sector, "staff": int(staff), "place": place, "contact": contact, "brand": brand, "since": since, "tags": set(tags.split()),
                     "p": dict(zip(LANGUAGES, all_lines[at + 1].split(" / "))), "k": dict(zip(LANGUAGES, all_lines[at + 2].split(" / "))), "text": dict(zip(LANGUAGES, all_lines[at + 3:at + 6]))})
    return rows


def read_skills():
    skills = {}
    for line in lines("vaardigheden.txt"):
        field, rest = line.split(": ", 1)
        skills[field] = [(s.split("/") * 3)[:3] if s.count("/") != 2 else s.split("/") for s in rest.split(", ")]
    return skills


def read_bank():
    """Every assignment and job of the bank: kind A, S, T, B or J (a job in German or English)."""
    items = []
    for name, language in [("opdrachten_nl.txt", "nl"), ("functies_nl.txt", "nl"), ("bank_de.txt", "de"), ("bank_en.txt", "en")]:
        field = None
        for line in lines(name):
            if line.startswith("= "):
                field = line[2:]
                continue
            kind, tags, rest = re.fullmatch(r"(?:([A-Z]) )?\[([^]]*)\] (.*)", line).groups()
            *titles, text = rest.split(" | ")
            if kind == "T":
                titles.append(f"Trainee {field}")
            items.append({"id": len(items), "language": language, "field": field, "kind": kind or "A", "tags": set(tags.split(",")) - {""}, "titles": titles, "parts": text.split(" // ")})
            assert len(items[-1]["parts"]) == 2, line
    return items


def place_items(rng, orgs, items):
    """Chooses which organisation offers which item, under which title."""
    need = {("nl", "A"): 320, ("nl", "J"): 192, ("de", "A"): 40, ("de", "J"): 11, ("en", "A"): 63, ("en", "J"): 14}
    load, taken, chosen = Counter(), set(), []

    def possible(item):
        return [o for o in orgs if item["field"] in FIELDS_OF[o["sector"]] + OFFICE and (not item["tags"] or item["tags"] & o["tags"]) and (o["name"], item["id"]) not in taken]

    for group, count in need.items():
        pool = [i for i in items if (i["language"], "A" if i["kind"] == "A" else "J") == group]
        uses = []
        for turn in range(3):  # first every item once, then again under its other title
            again = [(i, turn) for i in pool if len(i["titles"]) > turn]
            rng.shuffle(again)
            uses += again
        done = 0
        for item, turn in uses:
            able = possible(item)
            if done == count or not able:
                continue
            weight = [(1 + o["staff"] ** 0.25) * (5 if "duits" in o["tags"] and group[0] == "de" else 1) / (1 + load[o["name"]]) ** 2 for o in able]
            org = rng.choices(able, weight)[0]
            load[org["name"]] += 1
            taken.add((org["name"], item["id"]))
            chosen.append((org, item, item["titles"][turn]))
            done += 1
        assert done == count, (group, done)
    return chosen


def period(rng, status):
    """A start date (or none) and a closing date."""
    if status == "verlopen":
        closes = ANCHOR - dt.timedelta(days=rng.randrange(3, 60))
        return rng.choice([dt.date(2026, 11, 30), dt.date(2027, 2, 1), dt.date(2027, 2, 8), closes + dt.timedelta(days=30)]), closes
    start = rng.choices([dt.date(2027, 2, 1), dt.date(2027, 2, 8), dt.date(2027, 8, 23), dt.date(2027, 8, 30), dt.date(2027, 9, 6), None], [22, 9, 8, 22, 12, 27])[0]
    start = start or dt.date(2026, 12, 14) + dt.timedelta(weeks=rng.randrange(0, 38))
    low, high = 5, min(200, (start - ANCHOR).days - 7)
    return start, ANCHOR + dt.timedelta(days=rng.randint(max(low, high // 3), max(low, high)))


def published(reference, status, closes):
    """The day it went public: most of them lately, none of them after its closing date; a draft has none."""
    if status == "concept":
        return ""
    rng = random.Random(f"published {reference}")
    days = int(rng.triangular(0, 75, 4)) + (0 if status == "gepubliceerd" else 60)
    return date(min(ANCHOR, closes) - dt.timedelta(days=days))


def pay(rng, kind, hours):
    if rng.random() < 0.18:
        return ""
    if kind == "bijbaan":
        low = round(hours * 4.33 * rng.choice([15.2, 15.8, 16.5, 17.2]) / 10) * 10
        return euro(low)
    if kind in ("stage", "afstudeeropdracht"):
        low = rng.choice([350, 400, 450, 500, 500, 550] if kind == "stage" else [400, 450, 500, 550, 600, 700])
        return euro(low) if rng.random() < 0.85 else f"{euro(low)} - {euro(low + rng.choice([50, 100, 150]))}"
    low = round(rng.randrange(2750, 3300, 50) * hours / 40 / 10) * 10
    return euro(low) if rng.random() < 0.35 else f"{euro(low)} - {euro(low + rng.choice([300, 400, 500, 600]))}"


class Deck:
    """Deals the variants of a list in shuffled order, so that neighbours differ."""
    def __init__(self, rng):
        self.rng, self.hands = rng, {}

    def draw(self, key, options):
        hand = self.hands.get(key)
        if not hand:
            hand = self.hands[key] = self.rng.sample(range(len(options)), len(options))
        return options[hand.pop()]


def words(text):
    return len(re.findall(r"[\w’'-]+", re.sub(r"[#*]", " ", text)))


def joined(terms, language):
    return terms[0] if len(terms) == 1 else ", ".join(terms[:-1]) + {"nl": " en ", "de": ", ", "en": " and "}[language] + terms[-1]


def body(rng, deck, org, item, row, skills, people):
    """The text of one vacancy."""
    language, project, name = item["language"], item["kind"] == "A", org["name"]
    names = {"o": name, "p": org["p"][language], "P": upper(org["p"][language]), "k": org["k"][language], "K": upper(org["k"][language])}
    first, second = (part.format(**names) for part in item["parts"])
    heads, job_heads = z.HEAD[language], z.JOB_HEAD[language]
    if not project:
        heads = (job_heads[0], job_heads[1], heads[2], heads[3])
    head = [deck.draw((name, language, project, n), heads[n]) for n in range(4)]
    terms = [s[LANGUAGES.index(language)] for s in skills]
    area = "zorg" if item["field"] in CARE else "techniek" if item["field"] in TECH - {"informatica", "data science", "logistiek", "technische bedrijfskunde"} and org["sector"] not in ("over", "lsh", "crea") else "kantoor"
    coach = deck.draw((name, language, project, "coach"), (z.COACH_PROJECT if project else z.COACH_JOB)[language]).format(n=rng.choice(people[name]), f=rng.choice(z.ROLES[language][area]))
    about = [s for s in re.split(r"(?<=[.!?]) ", org["text"][language]) if project or not re.search("[Ss]tagiair|[Ss]tage|[Ii]ntern|[Pp]rakti[kc]", s)]
    if item["kind"] != "A":
        about = [s for s in about if "tudent" not in s and "tudier" not in s]
    travel = deck.draw((name, language, "travel"), z.TRAVEL[language][0 if row["Plaats"] in z.STATION else 1]).format(p=row["Plaats"])
    home = rng.choice(z.HOME[language][row["Thuiswerken"]])
    cross = deck.draw((language, "cross"), z.CROSS[language]) if row["Grensoverschrijdend"] == "ja" else ""
    dutch = rng.choice(z.DUTCH) if language == "en" else ""
    room = deck.draw((name, language, "room"), z.ROOM[language]) if project and row["Thuiswerken"] != "volledig" and rng.random() < 0.35 else ""
    close = deck.draw((name, language, project, "close"), [c for c in z.CLOSE[language] if project or not re.search("docent|opleiding|Hochschule|Studium|course|tutor|Idee|idee|deze vraag|this question|stagiair|eerder had|leren\\.|learn,|lernen", c)]).format(c=org["contact"])
    if row["Thuiswerken"] == "volledig":
        travel = ""
    listed = rng.random() < 0.42
    if listed:
        last = deck.draw((name, language, "last"), z.LIST_LAST[language])
        ability = deck.draw((name, language, "intro"), z.LIST_INTRO[language]) + "\n\n" + "\n".join(f"- {t}" for t in terms + [last])
    else:
        ability = deck.draw((name, language, "skills"), z.SKILLS[language]).format(s=joined(terms, language))
    shape = rng.randrange(4)
    about_head = deck.draw((name, language, "about"), z.ABOUT[language]).format(o=name)
    for extra in range(1 + (rng.random() < 0.4), 4):  # add sentences until the text is long enough
        company = " ".join(about[:extra])
        practice = " ".join(filter(None, [coach, home, travel, cross, dutch, room]))
        if shape == 0 or not project and shape == 1:
            blocks = [f"## {head[0]}\n\n{first}\n\n{second}", f"## {head[2]}\n\n{ability}", f"## {head[3]}\n\n{practice}", f"## {about_head}\n\n{company}" if company else "", close]
        elif shape == 1:
            blocks = [f"{first}", f"## {head[1]}\n\n{second}", f"## {head[2]}\n\n{ability}", f"## {head[3]}\n\n{practice}", f"## {about_head}\n\n{company}" if company else "", close]
        elif shape == 2:
            blocks = [f"## {head[0]}\n\n{first}", f"## {head[1]}\n\n{second}" + ("" if listed else f" {ability}"), f"## {head[2]}\n\n{ability}" if listed else "", f"## {about_head}\n\n{company}" if company else "", f"## {head[3]}\n\n{practice}\n\n{close}"]
        else:
            blocks = [f"## {head[0]}\n\n{first}\n\n{second}", f"## {about_head}\n\n{company}" if company else "", f"## {head[3]}\n\n{practice}", f"## {head[2]}\n\n{ability}\n\n{close}"]
        text = re.sub(r" +", " ", "\n\n".join(b for b in blocks if b)).replace("\n ", "\n")
        if words(text) > 168:  # too long: without the lines about the organisation
            about = []
        elif words(text) >= 102:
            break
    return text


def statuses(rng, count):
    share = [("concept", 32), ("vervuld", 51), ("verlopen", 19)]
    all_statuses = [s for s, n in share for _ in range(n)]
    all_statuses += ["gepubliceerd"] * (count - len(all_statuses))
    rng.shuffle(all_statuses)
    return all_statuses


def vacancies(rng, orgs, items, skills):
    chosen = place_items(rng, orgs, items)
    rng.shuffle(chosen)
    deck, rows = Deck(rng), []
    people = {o["name"]: rng.sample([n for n in z.NAMES if n not in o["contact"]], 4) for o in orgs}
    projects = ["stage"] * 224 + ["afstudeeropdracht"] * 199
    jobs = ["startersfunctie"] * 13 + ["traineeship"] * 12
    rng.shuffle(projects)
    rng.shuffle(jobs)
    for number, ((org, item, title), status) in enumerate(zip(chosen, statuses(rng, len(chosen))), 1):
        kind = projects.pop() if item["kind"] == "A" else {"S": "startersfunctie", "T": "traineeship", "B": "bijbaan"}.get(item["kind"]) or jobs.pop()
        field = item["field"]
        german = org["place"] in ("Bocholt", "Emmerich am Rhein")
        levels = {"stage": rng.choice([["mbo 4"], ["mbo 4", "hbo"], ["hbo"], ["hbo"], ["hbo", "wo bachelor"], ["mbo 3", "mbo 4"]]), "afstudeeropdracht": rng.choice([["hbo"], ["hbo"], ["hbo", "wo bachelor"], ["hbo", "wo master"], ["wo master"], ["wo bachelor", "wo master"]]), "traineeship": rng.choice([["hbo"], ["hbo", "wo master"], ["wo master"]]), "startersfunctie": rng.choice([["mbo 4"], ["mbo 4", "associate degree"], ["associate degree", "hbo"], ["hbo"], ["hbo", "wo bachelor"]]), "bijbaan": rng.choice([["mbo 2", "mbo 3", "mbo 4"], ["mbo 4", "hbo"], ["mbo 3", "mbo 4"], ["hbo", "wo bachelor"]])}[kind]
        if item["language"] != "nl":  # mbo is a Dutch level
            levels = [l for l in levels if not l.startswith("mbo")] or ["hbo"]
        if kind == "stage" and field in ("data science", "bedrijfskunde", "human resource management", "technische bedrijfskunde", "industrieel product ontwerpen", "bouwkunde"):
            levels = rng.choice([["hbo"], ["hbo", "wo bachelor"]])
        fields = [field] + ([rng.choice(KIN[field])] if KIN[field] and rng.random() < 0.3 else [])
        mine = rng.sample(skills[field], rng.randint(2, 4))
        weeks = {"stage": rng.choice([16, 20, 20, 20] if re.search("weken|maand|Wochen|weeks|month|jaar", " ".join(item["parts"])) else [10, 16, 20, 20, 20]), "afstudeeropdracht": rng.choice([20, 20, 20, 26]), "traineeship": rng.choice([52, 78, 104])}.get(kind, "")
        hours = {"bijbaan": rng.choice([8, 12, 16]), "startersfunctie": rng.choice([32, 36, 36, 40]), "traineeship": rng.choice([36, 40])}.get(kind, rng.choice([32, 36, 40, 40]))
        if re.search("zaterdag|woensdag|vrijdag|weekend|twee middagen|avonduren", title):
            hours = 8
        start, closes = period(rng, status)
        digital = field in ("informatica", "data science") or org["sector"] == "ict"
        hands_on = field in ("verpleegkunde", "mechatronica", "voedingsmiddelentechnologie") or kind == "bijbaan"
        home = rng.choices(["nee", "deels", "volledig"], [20, 74, 6] if digital and not hands_on else [100, 0, 0] if hands_on else [52, 48, 0])[0]
        row = {"Kenmerk": f"V-{number:06d}", "Titel": title, "Organisatie": org["name"], "Soort": kind, "Niveau": "|".join(levels), "Studierichting": "|".join(fields), "Vaardigheden": "|".join(s[0] for s in mine),
               "Plaats": org["place"], "Gemeente": MUNICIPALITY[org["place"]], "Uren per week": hours, "Duur (weken)": weeks,
               "Startdatum": "" if rng.random() < 0.05 else date(start), "Sluitingsdatum": date(closes), "Vergoeding per maand": pay(rng, kind, hours), "Taal": item["language"],
               "Grensoverschrijdend": "ja" if german or item["language"] == "de" else "nee", "Thuiswerken": home, "Plekken": rng.choices([1, 2, 3], [84, 12, 4])[0], "Status": status, "Geplaatst op": published(number, status, closes)}
        if kind == "traineeship" and ("Een jaar" in title or "één jaar" in title):
            row["Duur (weken)"] = 52
        row["Tekst"] = body(rng, deck, org, item, row, mine, people)
        rows.append(row)
    return rows


def organisation_rows(orgs):
    for n, o in enumerate(orgs, 1):
        year, month = map(int, o["since"].split("-"))
        site = slug(o["name"])
        yield dict(zip(COLUMNS["organisaties"].split(";"), [f"O-{n:04d}", o["name"], KIND_OF.get(o["sector"], "onderneming"), SECTOR[o["sector"]], o["staff"], o["place"], MUNICIPALITY[o["place"]], f"https://{site}.example", o["contact"],
                   f"{slug(o['contact'].split()[0])}@{site}.example", f"{n:08d}", o["brand"], date(dt.date(year, month, 1)), "", *(o["text"][l] for l in LANGUAGES)]))


def event_rows(orgs):
    place = {o["name"]: o["place"] for o in orgs}
    all_lines = lines("bijeenkomsten.txt")
    for n in range(len(all_lines) // 2):
        head, text = all_lines[2 * n:2 * n + 2]
        days, hour, hours, kind, audience, language, seats, host, title = head.split("|")
        day = ANCHOR + dt.timedelta(days=int(days))
        if kind == "bedrijvendag":
            day += dt.timedelta(days=5 - day.weekday())
        elif day.weekday() > 4:
            day -= dt.timedelta(days=day.weekday() - 2)
        begin = dt.datetime.combine(day, dt.time(int(hour), 30 if n % 3 == 1 and kind != "bedrijvendag" else 0))
        end = begin + dt.timedelta(hours=int(hours))
        yield dict(zip(COLUMNS["bijeenkomsten"].split(";"), [f"E-{n + 1:04d}", title, kind, host, place[host], begin.strftime("%d-%m-%Y %H:%M"), end.strftime("%d-%m-%Y %H:%M"), seats, audience, text, language]))


def write(name, rows):
    with open(HERE / f"{name}.csv", "w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, COLUMNS[name].split(";"), delimiter=";", lineterminator="\r\n")
        out.writeheader()
        out.writerows(rows)


def check():
    """Verifies the three files against the rules; returns the problems."""
    bad = []

    def want(fine, *what):
        if not fine:
            bad.append(" ".join(map(str, what)))

    tables = {}
    for name, count in [("organisaties", 64), ("vacatures", 640), ("bijeenkomsten", 40)]:
        raw = (HERE / f"{name}.csv").read_bytes()
        want(raw.startswith(b"\xef\xbb\xbf") and len(raw) < 700_000 and b"\r\n" in raw, name, "encoding or size", len(raw))
        with open(HERE / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=";")
            tables[name] = list(reader)
            want(";".join(reader.fieldnames) == COLUMNS[name], name, "columns")
        want(len(tables[name]) == count, name, len(tables[name]))
    read = lambda text: dt.datetime.strptime(text, "%d-%m-%Y").date()
    orgs = {o["Naam"]: o for o in tables["organisaties"]}
    want(len(orgs) == 64 and len({o["Website"] for o in orgs.values()}) == 64, "names or sites repeat")
    for o in orgs.values():
        want(MUNICIPALITY.get(o["Plaats"]) == o["Gemeente"] and o["Topsector"] in SECTOR.values() and o["E-mail"].split("@")[1] in o["Website"] and not o["Logo"], o["Naam"])
        for column in ("Omschrijving", "Omschrijving (de)", "Omschrijving (en)"):
            want(2 <= len(re.findall(r"[.!?](?: |$)", o[column])) <= 5, o["Naam"], column)
    allowed = {"Soort": {"stage", "afstudeeropdracht", "traineeship", "startersfunctie", "bijbaan"}, "Taal": set(LANGUAGES), "Grensoverschrijdend": {"ja", "nee"}, "Thuiswerken": {"nee", "deels", "volledig"}, "Status": {"gepubliceerd", "concept", "vervuld", "verlopen"}, "Plekken": {"1", "2", "3"}}
    levels = {"mbo 2", "mbo 3", "mbo 4", "associate degree", "hbo", "wo bachelor", "wo master"}
    wrong = re.compile(r"\b(jonge?|jongeren|hij|zijn of haar|voorbeeldig|digital native|pas afgestudeerd|schoolverlater|native speaker|young|he|she|his|jung\w*|meisje|jongen)\b|[{}]|  ", re.I)
    seen, titles = defaultdict(set), Counter()
    for v in tables["vacatures"]:
        ref = f"{v['Kenmerk']} {v['Titel']}"
        for column, values in allowed.items():
            want(v[column] in values, ref, column, v[column])
        want(v["Organisatie"] in orgs and v["Plaats"] == orgs[v["Organisatie"]]["Plaats"] and MUNICIPALITY[v["Plaats"]] == v["Gemeente"], ref, "organisation or place")
        want(set(v["Niveau"].split("|")) <= levels and set(v["Studierichting"].split("|")) <= set(KIN), ref, "level or field")
        want(bool(v["Duur (weken)"]) == (v["Soort"] not in ("startersfunctie", "bijbaan")), ref, "duration")
        want(not v["Vergoeding per maand"] or re.fullmatch(r"€ [\d.]+,00( - € [\d.]+,00)?", v["Vergoeding per maand"]), ref, "pay")
        closes = read(v["Sluitingsdatum"])
        want(not v["Startdatum"] or closes <= read(v["Startdatum"]), ref, "closes after start")
        want(closes < ANCHOR if v["Status"] == "verlopen" else 5 <= (closes - ANCHOR).days <= 200, ref, "closing date")
        want(90 <= words(v["Tekst"]) <= 170 and v["Tekst"].count("## ") >= 2, ref, "words", words(v["Tekst"]))
        found = wrong.search(v["Titel"] + " " + v["Tekst"])
        want(not found, ref, "wording", found and found.group())
        opening = re.split(r"(?<=[.!?]) ", re.sub(r"^## .*\n+", "", v["Tekst"]))[0]
        for key in (v["Titel"], opening):
            want(key not in seen[v["Organisatie"]], ref, "repeats in organisation", key)
            seen[v["Organisatie"]].add(key)
        titles[v["Titel"]] += 1
    want(max(titles.values()) == 1, "titles repeat", [t for t, n in titles.items() if n > 1])
    kinds = {"kennisuitwisseling", "persoonlijke groei", "bedrijfsbezoek", "sociaal", "bedrijvendag", "voorlichting", "kenniskring", "pitch"}
    past = 0
    for e in tables["bijeenkomsten"]:
        begin, end = (dt.datetime.strptime(e[c], "%d-%m-%Y %H:%M") for c in ("Begin", "Einde"))
        day = (begin.date() - ANCHOR).days
        past += day < 0
        want(e["Soort"] in kinds and e["Gastheer"] in orgs and e["Doelgroep"] in {"iedereen", "Talent Program", "leden"} and e["Taal"] in LANGUAGES and begin < end, e["Titel"])
        want(begin.weekday() < (6 if e["Soort"] == "bedrijvendag" else 5) and -120 <= day <= 243, e["Titel"], begin)
        want(40 <= words(e["Tekst"]) <= 100, e["Titel"], "words", words(e["Tekst"]))
    want(past == 10, "past events", past)
    for column in ("Soort", "Taal", "Status", "Thuiswerken", "Grensoverschrijdend"):
        print(column, dict(Counter(v[column] for v in tables["vacatures"])))
    per_org = Counter(v["Organisatie"] for v in tables["vacatures"])
    print("per organisation", min(per_org[o] for o in orgs), "to", max(per_org.values()), "| audiences", dict(Counter(e["Doelgroep"] for e in tables["bijeenkomsten"])))
    print("no start", sum(not v["Startdatum"] for v in tables["vacatures"]), "no pay", sum(not v["Vergoeding per maand"] for v in tables["vacatures"]), "words", sum(words(v["Tekst"]) for v in tables["vacatures"]) // 640)
    return bad


def main():
    if "--check" not in sys.argv:
        rng = random.Random(2026)
        orgs = read_organisations()
        write("organisaties", organisation_rows(orgs))
        write("vacatures", vacancies(rng, orgs, read_bank(), read_skills()))
        write("bijeenkomsten", event_rows(orgs))
    problems = check()
    print("\n".join(problems) or "all rules hold")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
