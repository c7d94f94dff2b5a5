"""Beside the servers, on a connection of its own: carries out one script a line, and answers each with one line.

In: {"text": Python, "given": names}. Out: what the script left in `told`, or its traceback in {"broke": …}.
"""

import json
import sys
import traceback

import django

django.setup()

from django.db import connection  # noqa: E402, Django is set up first

for line in sys.stdin:
    asked = json.loads(line)
    names = dict(asked["given"])
    try:
        exec(asked["text"], names)
        answer = names["told"]
    except Exception:
        answer = {"broke": traceback.format_exc()}
    finally:
        connection.close()  # the next one looks afresh, and PostgreSQL may have been restarted meanwhile
    print(json.dumps(answer), flush=True)
