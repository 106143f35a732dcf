#!/usr/bin/env python3
"""Writes a spreadsheet with the demo's open vacancies again and again, each with a reference and a title of its own.

  scripts/more_vacancies.py COUNT FILE
"""

import csv
import datetime
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The demo's dates are of the week in which it was made; the server moves them the same way.
DEMO_WEEK = datetime.date(2026, 11, 16)


def write_more(count, path):
    """Writes it, and returns how many different vacancies it is made of."""
    with (ROOT / "demo" / "vacatures.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";")
        columns, rows = reader.fieldnames, [row for row in reader if row["Status"] == "gepubliceerd"]
    weeks = (datetime.date.today() - DEMO_WEEK) // datetime.timedelta(weeks=1)
    with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, columns, delimiter=";", lineterminator="\r\n")
        out.writeheader()
        for number in range(count):
            row = {column: moved(cell, weeks) for column, cell in rows[number % len(rows)].items()}
            out.writerow(row | {"Kenmerk": f"BM-{number:06d}", "Titel": f"{row['Titel'][:140]}, team {number // len(rows) + 2}"})
    return len(rows)


def moved(cell, weeks):
    """A cell with its date moved, when it is one."""
    if not re.fullmatch(r"\d\d-\d\d-\d{4}", cell):
        return cell
    day = datetime.datetime.strptime(cell, "%d-%m-%Y") + datetime.timedelta(weeks=weeks)
    return f"{day:%d-%m-%Y}"


if __name__ == "__main__":
    write_more(int(sys.argv[1]), sys.argv[2])
