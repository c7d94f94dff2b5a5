"""The floor of writing: insert a row of the same text and commit it, with nothing round it.

python -m tests.bench.bare_insert PLACE   a PostgreSQL URL, or the folder for an SQLite file; prints milliseconds
"""

import sqlite3
import sys
import time
from pathlib import Path
from statistics import median

import psycopg

TIMES = 300
TEXT = "Pick up the phone first, and then somebody will be there"


def on_sqlite(folder: str) -> list[float]:
    path = Path(folder) / "bare.sqlite3"
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("PRAGMA journal_mode=WAL")
    link.execute("PRAGMA synchronous=FULL")
    link.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT)")
    took = []
    for _time in range(TIMES):
        began = time.perf_counter()
        link.execute("BEGIN IMMEDIATE")
        link.execute("INSERT INTO bare (text) VALUES (?)", [TEXT])
        link.execute("COMMIT")
        took.append(time.perf_counter() - began)
    link.close()
    return took


def on_postgresql(url: str) -> list[float]:
    with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as link:
        link.execute("CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, text text)")
        took = []
        for _time in range(TIMES):
            began = time.perf_counter()
            with link.transaction():
                link.execute("INSERT INTO bare (text) VALUES (%s)", [TEXT])
            took.append(time.perf_counter() - began)
    return took


if __name__ == "__main__":
    place = sys.argv[1]
    print(median(on_postgresql(place) if "://" in place else on_sqlite(place)) * 1000)
