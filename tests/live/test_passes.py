"""Who is let in: by a signature, and from our own pages only."""

import pytest

from facilitation import passes
from facilitation.live.entrance import seat_of


def handshake(origin="http://10.0.0.5:8000", host="10.0.0.5:8000", cookie="", surface="phone", **more):
    named = {"host": host, "origin": origin, "cookie": cookie, **more.pop("headers", {})}
    headers = [(name.encode(), value.encode()) for name, value in named.items() if value is not None]
    return {"headers": headers, "url_route": {"kwargs": {"code": "K7QM2P", "surface": surface}}, **more}


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = ["10.0.0.5", "[fe80::1]", ".example.org"]
    settings.SECURE_PROXY_SSL_HEADER = None


@pytest.fixture
def ben():
    return f"tl-K7QM2P={passes.make_participant_pass(7, 31, 'a-secret')}"


def test_a_pass_says_what_was_signed():
    assert passes.read_participant_pass(passes.make_participant_pass(7, 31, "a.b")) == (7, 31, "a.b")
    assert passes.read_console_pass(passes.make_console_pass(7, 2)) == (7, 2)
    assert passes.read_screen_pass(passes.make_screen_pass(7, "n0nce")) == (7, "n0nce")


@pytest.mark.parametrize(
    "forged",
    ["", ":", "7.31.a-secret", "7.31.a-secret:", "7.31.a-secret:c2lnbmF0dXJl", "é.١.x:y", "7.31.a-secret" * 200],
)
def test_a_pass_that_nobody_signed_says_nothing(forged):
    assert (
        passes.read_participant_pass(forged),
        passes.read_console_pass(forged),
        passes.read_screen_pass(forged),
    ) == (None, None, None)


def test_a_pass_of_one_sort_is_no_pass_of_another():
    made = [
        passes.make_participant_pass(7, 31, "s"),
        passes.make_console_pass(7, 31),
        passes.make_screen_pass(7, "n"),
    ]
    read = [passes.read_participant_pass, passes.read_console_pass, passes.read_screen_pass]
    assert [[reader(one) is not None for reader in read] for one in made] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_a_participant_is_let_in_to_the_phones(ben):
    assert seat_of(handshake(cookie=ben))[:3] == (7, "phone", 31)


def test_a_facilitator_is_let_in_to_the_console():
    cookie = f"tl-console-K7QM2P={passes.make_console_pass(7, 2)}"
    assert seat_of(handshake(cookie=cookie, surface="console"))[:3] == (7, "console", None)


def test_the_screen_is_let_in_by_its_address():
    scope = handshake()
    scope["url_route"]["kwargs"] = {"token": passes.make_screen_pass(7, "n")}
    assert seat_of(scope)[:3] == (7, "screen", None)


def test_a_code_may_be_written_small_and_with_a_dash(ben):
    scope = handshake(cookie=ben)
    scope["url_route"]["kwargs"]["code"] = "k7q-m2p"
    assert seat_of(scope)[:3] == (7, "phone", 31)


@pytest.mark.parametrize("surface", ["console", "screen", "pack", ""])
def test_a_participants_pass_opens_nothing_but_the_phones(ben, surface):
    assert seat_of(handshake(cookie=ben, surface=surface)) is None


def test_a_pass_from_another_workshop_does_not_open_this_one():
    assert seat_of(handshake(cookie=f"tl-ABCDEF={passes.make_participant_pass(8, 5, 's')}")) is None


def test_a_renamed_pass_opens_only_the_workshop_that_was_signed():
    renamed = f"tl-K7QM2P={passes.make_participant_pass(8, 5, 's')}"
    assert seat_of(handshake(cookie=renamed))[:3] == (8, "phone", 5)


def test_a_stranger_is_refused():
    assert seat_of(handshake()) is None
    assert seat_of({**handshake(), "url_route": {"kwargs": {}}}) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://10.0.0.5",
        "http://10.0.0.5:8001",
        "https://10.0.0.5:8000",
        "http://10.0.0.5:8000.evil.example",
        "http://evil.example:8000",
        "http://10.0.0.5:8000@evil.example",
        "http://ben@10.0.0.5:8000",
        "http://10.0.0.5:8000/",
        "http://sub.10.0.0.5:8000",
        "http://[fe80::1]:8000",
        "null",
        "",
        None,
    ],
)
def test_another_origin_is_refused(ben, origin):
    assert seat_of(handshake(origin=origin, cookie=ben)) is None


def test_a_host_that_is_not_ours_is_refused_though_the_origin_agrees(ben):
    assert seat_of(handshake(origin="http://rebound.example:8000", host="rebound.example:8000", cookie=ben)) is None


def test_two_origins_are_refused(ben):
    scope = handshake(cookie=ben)
    scope["headers"].append((b"origin", b"http://10.0.0.5:8000"))
    assert seat_of(scope) is None


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://10.0.0.5", "10.0.0.5"),
        ("http://10.0.0.5", "10.0.0.5:80"),
        ("http://[fe80::1]:8000", "[fe80::1]:8000"),
        ("http://[fe80::1]", "[fe80::1]"),
        ("http://day.example.org", "day.example.org"),
    ],
)
def test_our_own_origins_are_let_in(ben, origin, host):
    assert seat_of(handshake(origin=origin, host=host, cookie=ben))[:3] == (7, "phone", 31)


def test_behind_a_proxy_that_speaks_https_the_page_is_https(ben, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    through = {"host": "day.example.org", "cookie": ben, "headers": {"x-forwarded-proto": "https"}}
    assert seat_of(handshake(origin="https://day.example.org", **through))[:3] == (7, "phone", 31)
    assert seat_of(handshake(origin="http://day.example.org", **through)) is None
