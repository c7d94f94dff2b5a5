"""Protocol-level browsers for tests with real servers: a phone that keeps what it sent, and a console."""

import http.client
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests.serving import Server

CSRF = "c" * 32


class Answer:
    def __init__(self, status: int, headers: http.client.HTTPMessage, text: str):
        self.status, self.headers, self.text = status, headers, text


class Browser:
    """Cookies, forms, and no more. Knows a host and port, as a phone does; which laptop answers there may change."""

    def __init__(self, server: Server, **cookies: str):
        self.port = server.port
        self.cookies = {"csrftoken": CSRF, **cookies}

    def get(self, address: str) -> Answer:
        return self._ask("GET", address)

    def post(self, address: str, scripted: bool = True, **sent: str) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies["csrftoken"]}
        return self._ask("POST", address, urlencode(sent), {**headers, **({"X-Throughline": "1"} if scripted else {})})

    def _ask(self, method: str, address: str, body: str = "", headers: dict[str, str] | None = None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            link.request(method, address, body, {"Cookie": cookies, **(headers or {})})
            answer = link.getresponse()
            text = answer.read().decode()
        finally:
            link.close()
        for given in answer.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return Answer(answer.status, answer.headers, text)


class Phone(Browser):
    """Remembers what it sent and was told is stored, with its keys, as static/js/queue.js does."""

    def __init__(self, server: Server, facts: dict, name: str = ""):
        super().__init__(server, **({facts["cookie"]: facts["people"][name]} if name else {}))
        self.code = facts["code"]
        self.history: list[tuple[str, dict[str, str]]] = []

    def send(self, activity: str, action: str = "send", key: str = "", **words: str) -> int:
        address, sent = f"/w/{self.code}/a/{activity}/{action}/", {"key": key or secrets.token_urlsafe(16), **words}
        answer = self.post(address, **sent)
        if answer.status == 200:
            self.history.append((address, sent))
        return answer.status

    def refill(self) -> list[int]:
        return [self.post(address, **sent).status for address, sent in self.history]

    def join(self, name: str) -> Answer:
        about = {"name": name, "organisation": "other", "other_organisation": "Larkham", "role": "Nurse"}
        return self.post(f"/j/{self.code}/", scripted=False, **about)

    def version(self, seen: int = 0) -> int:
        return int(self.get(f"/w/{self.code}/version/phone/?v={seen}").headers["X-Version"])


class Console(Browser):
    """Ada's: signed in by her one-time link."""

    def __init__(self, server: Server, facts: dict):
        super().__init__(server)
        self.code = facts["code"]
        self.post(f"/sign-in/{facts['link']}/", scripted=False)

    def press(self, verb: str, **sent: str) -> int:
        return self.post(f"/w/{self.code}/console/do/{verb}/", **sent).status


def rows(server: Server, query: str) -> list[tuple]:
    """What the server's database answers, asked from outside."""
    if database := server.env.get("DATABASE_URL"):
        with psycopg.connect(database.replace("postgres://", "postgresql://")) as link:
            return link.execute(query).fetchall()
    file = Path(server.env["THROUGHLINE_DATA"]) / "throughline.sqlite3"
    with closing(sqlite3.connect(file)) as link:
        return link.execute(query).fetchall()


def told(server: Server) -> list[list[str]]:
    """Every text in the database with the name it stands under, in the order of the words."""
    query = (
        "SELECT card.text, person.name FROM workshops_card AS card"
        " JOIN workshops_participant AS person ON person.id = card.participant_id"
    )
    return sorted(map(list, rows(server, query)))


def activities(server: Server) -> list[str]:
    """The ids of the activities, in their order."""
    return [str(pk) for (pk,) in rows(server, "SELECT id FROM workshops_activity ORDER BY workshop_id, position")]
