"""Sixty strangers at the sign-in page: a password takes long to check, and no phone waits for it."""

import threading
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from facilitation import passes
from tests import factories

LETTERS = "a" * 32
TAKEN = 5  # one that is hashed and four that wait


class Slow(MD5PasswordHasher):
    """Takes as long as a test wants, and notes where."""

    algorithm = "slow"
    may_end = threading.Event()
    threads: list[str] = []

    def encode(self, *args, **kwargs):
        self.threads.append(threading.current_thread().name)
        self.may_end.wait(20)
        return super().encode(*args, **kwargs)


@pytest.fixture
def slow(settings):
    settings.PASSWORD_HASHERS = [f"{Slow.__module__}.Slow"]
    Slow.threads.clear()
    Slow.may_end.clear()
    yield Slow
    Slow.may_end.set()


@pytest.fixture
def post(server):
    """post("/sign-in/", {…}, cookie): (status, Retry-After, page)"""

    def post(path, sent, cookie="", method="POST"):
        headers = {"Cookie": f"csrftoken={LETTERS}; {cookie}", "X-CSRFToken": LETTERS, "X-Throughline": "1"}
        body = urllib.parse.urlencode(sent).encode()
        request = urllib.request.Request(f"http://{server}{path}", body, headers, method=method)
        opener = urllib.request.build_opener(Stay)
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, None, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers["Retry-After"], answer.read().decode()

    return post


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def test_a_crowd_at_the_sign_in_page_holds_no_phone_up(post, slow, workshop, ben):
    stories = factories.open_(factories.activity(workshop, "s1a"))
    cookie = f"{passes.participant_cookie(workshop.code)}={factories.phone_of(ben).cookies.popitem()[1].value}"
    with ThreadPoolExecutor(30) as strangers:  # some write the method small, which Django does not mind
        crowd = [
            strangers.submit(post, "/sign-in/", {"username": "ada", "password": "guess"}, method=method)
            for method in ["POST"] * 20 + ["post"] * 10
        ]
        turned_away = [one.result() for one in islice(as_completed(crowd, 20), 30 - TAKEN)]
        sent = [
            post(
                reverse("act", args=[workshop.code, stories.pk, "send"]),
                {"text": f"We waited {number} hours", "sharing": "themes_only", "key": f"k{number}"},
                cookie,
            )[0]
            for number in range(9)
        ]
        still_waiting = sum(not one.done() for one in crowd)
        slow.may_end.set()
        statuses = sorted(one.result()[0] for one in crowd)
    assert {(status, wait) for status, wait, _page in turned_away} == {(429, "3")}
    assert all("<h1>Too many are signing in at once</h1>" in page for _status, _wait, page in turned_away)
    assert (sent, still_waiting) == ([200] * 9, TAKEN)
    assert statuses == [422] * TAKEN + [429] * (30 - TAKEN)
    assert set(slow.threads) == {"passwords_0"}


def test_a_new_password_is_hashed_beside_the_phones_too(post, slow, ada):
    slow.may_end.set()
    session = factories.console_of(ada).cookies["sessionid"].value
    chosen = {"new_password1": "a long walk to the sea", "new_password2": "a long walk to the sea"}
    assert post("/account/", chosen, f"sessionid={session}")[0] == 302
    assert set(slow.threads) == {"passwords_0"}
    ada.refresh_from_db()
    assert ada.check_password("a long walk to the sea")
