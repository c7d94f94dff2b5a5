"""Protocol-level browsers for tests with real servers: a phone that keeps what it sent, and a console."""

import http.client
import json
import secrets
from urllib.parse import urlencode

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


def told(server: Server) -> list[list[str]]:
    """Every text in the database with the name it stands under, in the order of the words."""
    question = (
        "import json; from workshops.models import Card;"
        "print(json.dumps(sorted([card.text, str(card.participant)] for card in Card.objects.all())))"
    )
    return json.loads(server.manage("shell", "-v0", "-c", question).strip().splitlines()[-1])


def activities(server: Server) -> list[str]:
    """The ids of the newest workshop's activities, in their order."""
    question = (
        "from workshops.models import Workshop;"
        "print(*Workshop.objects.latest('pk').activities.order_by('position').values_list('pk', flat=True))"
    )
    return server.manage("shell", "-v0", "-c", question).strip().splitlines()[-1].split()
