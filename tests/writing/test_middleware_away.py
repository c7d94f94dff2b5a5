"""A database that goes away between two middlewares, where no view and no `process_exception` sees it."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from config.middleware import is_away
from tests import factories


@pytest.fixture
def somebody_else(transactional_db):
    """Another connection to the tests' database, for which this one waits a tenth of a second."""
    if connection.vendor != "sqlite":
        pytest.skip("One writer at a time is SQLite's way.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        yield other
    connection.close()


@pytest.mark.parametrize("scripted", [False, True])
def test_a_session_that_cannot_be_saved_is_a_503(somebody_else, settings, ada, scripted):
    settings.SESSION_SAVE_EVERY_REQUEST = True  # the session's middleware writes after the view has answered
    console = factories.console_of(ada)
    console.raise_request_exception = False
    headers = {"X-Throughline": "1"} if scripted else {}
    somebody_else.execute("BEGIN EXCLUSIVE")
    answer = console.get("/sign-in/", headers=headers)
    somebody_else.execute("ROLLBACK")
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert ("<h1>One moment, please</h1>" in answer.content.decode()) is not scripted


@pytest.mark.django_db
def test_a_mistake_in_a_query_is_not_taken_for_a_database_that_is_away():
    with pytest.raises(Exception, match="no_such_table") as mistake, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")
    assert is_away(mistake.value) is False
