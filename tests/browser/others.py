"""Other people's phones, without a browser: they send over plain HTTP, each press a real write through the server."""

import secrets
import threading
import urllib.error
import urllib.parse
import urllib.request


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_about):
        return None  # to be sent elsewhere is an answer


_opener = urllib.request.build_opener(StayHere)


class Other:
    """Somebody with a seat in this day."""

    def __init__(self, url: str, facts: dict, name: str):
        token = secrets.token_hex(16)
        self.name, self._url = name, f"{url}/w/{facts['code']}"
        cookies = f"{facts['cookie']}={facts['people'][name]}; csrftoken={token}"
        self._headers = {"Cookie": cookies, "X-CSRFToken": token, "X-Throughline": "1"}

    def post(self, path: str, **fields: str) -> int:
        """Send a form to /w/<code>/<path>; returns the status."""
        body = urllib.parse.urlencode({"key": secrets.token_urlsafe(18), **fields}).encode()
        request = urllib.request.Request(f"{self._url}/{path}", data=body, headers=self._headers, method="POST")
        try:
            with _opener.open(request, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code


class Fire:
    """So many writes of these people, a few let off at a time, while somebody else types."""

    def __init__(self, people: list[Other], shot, count: int):
        """`shot(person, number)` writes once, and returns whether it was taken."""
        self._people, self._shot, self._left = people, shot, iter(range(count))
        self._may, self._done, self._lock = threading.Semaphore(0), threading.Semaphore(0), threading.Lock()
        self.written, self.problems = 0, []
        self._threads = [threading.Thread(target=self._keep_on, args=(one,), daemon=True) for one in people]
        for thread in self._threads:
            thread.start()

    def let_off(self, count: int) -> None:
        self._may.release(count)

    def wait_for(self, count: int) -> None:
        for _one in range(count):
            assert self._done.acquire(timeout=120), self.problems

    def _keep_on(self, person: Other) -> None:
        while self._may.acquire():
            with self._lock:
                number = next(self._left, None)
            if number is None:
                return
            try:
                taken = self._shot(person, number)
                with self._lock:
                    self.written += bool(taken)
            except OSError as problem:
                self.problems.append(repr(problem))
            self._done.release()
