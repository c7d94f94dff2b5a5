"""Every door, every method, every role: who gets in, and that nobody else does. A door that is not listed here fails.

Eve has no seat. Ben takes part; Gus took part and was removed; Zoe takes part elsewhere. Ada facilitates here, Max
elsewhere; Mia manages this network. Getting in means anything but 404, 405 or a way round to signing in or joining.
"""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from facilitation import passes
from tests import factories
from workshops.models import Driver, Membership, SignInLink

EVERYONE = frozenset({"eve", "ben", "gus", "zoe", "ada", "max", "mia"})
SIGNED_IN = frozenset({"ada", "max", "mia"})
PLANS, RUNS, TAKES_PART = frozenset({"ada", "mia"}), frozenset({"ada"}), frozenset({"ben"})
NOBODY: frozenset[str] = frozenset()

# name: (what follows in the address, who may GET, who may POST); None where the method is refused to everyone.
DOORS = {
    "home": ([], EVERYONE, EVERYONE),
    "sign-in": ([], EVERYONE, EVERYONE),
    "sign-in-link": (["token"], EVERYONE, EVERYONE),
    "sign-out": ([], None, EVERYONE),
    "account": ([], SIGNED_IN, SIGNED_IN),
    "healthz": ([], EVERYONE, None),
    "workshops": ([], SIGNED_IN, None),
    "workshop-new": ([], SIGNED_IN, SIGNED_IN),
    "networks": ([], SIGNED_IN, None),
    "network-new": ([], SIGNED_IN, SIGNED_IN),
    "network": (["network"], PLANS, PLANS),
    "organisation-add": (["network"], None, PLANS),
    "organisation": (["network", "body"], PLANS, PLANS),
    "organisation-remove": (["network", "body"], None, PLANS),
    "member-invite": (["network"], None, RUNS),
    "member-link": (["network", "member"], None, RUNS),
    "member-remove": (["network", "member"], None, RUNS),
    "drivers": (["network"], PLANS, None),
    "driver-new": (["network"], PLANS, PLANS),
    "drivers-national": (["network"], None, PLANS),
    "driver": (["network", "card"], PLANS, PLANS),
    "driver-change": (["network", "card", "hide"], None, PLANS),
    "workshop-about": (["code"], PLANS, PLANS),
    "run-sheet": (["code"], PLANS, None),
    "run-sheet-add": (["code"], PLANS, PLANS),
    "run-sheet-activity": (["code", "activity"], PLANS, PLANS),
    "run-sheet-change": (["code", "activity", "down"], None, PLANS),
    "invited": (["code"], PLANS, None),
    "invited-add": (["code"], None, PLANS),
    "invited-preview": (["code"], None, PLANS),
    "invited-take": (["code"], None, PLANS),
    "invited-example": (["code"], PLANS, None),
    "invited-remove": (["code", "invited"], None, PLANS),
    "tables": (["code"], PLANS, None),
    "tables-mix": (["code"], None, PLANS),
    "tables-fit": (["code"], None, PLANS),
    "tables-move": (["code", "round"], None, PLANS),
    "wish-add": (["code", "need"], None, RUNS),
    "wish-remove": (["code", "need"], None, RUNS),
    "join": (["code"], EVERYONE, EVERYONE),
    "join-qr": (["code"], EVERYONE, None),
    "phone": (["code"], TAKES_PART, None),
    "mine": (["code"], TAKES_PART, None),
    "me": (["code"], None, TAKES_PART),
    "leave": (["code"], None, NOBODY),  # Ben, who has a seat to leave, is shown the way to the join page
    "recover": (["code"], None, EVERYONE),
    "version": (["code", "phone"], TAKES_PART, None),
    "act": (["code", "activity", "send"], None, TAKES_PART),
    "console": (["code"], RUNS, None),
    "desk": (["code"], RUNS, None),
    "people": (["code"], RUNS, None),
    "run": (["code", "blank"], None, RUNS),
    "screen": (["screen"], EVERYONE, None),
    "screen-version": (["screen"], EVERYONE, None),
    "outputs": (["code"], PLANS, None),
    "pack-make": (["code"], None, PLANS),
    "pack-progress": (["code"], PLANS, None),
    "pack": (["code", "pack"], NOBODY, None),  # no pack is ready here; tests/pack has one
    "lock": (["code"], None, PLANS),
    "unlock": (["code"], None, PLANS),
}
TURNED_ROUND = ("/sign-in/", "/j/")


def doors():
    """Every name in the table of contents."""

    def walk(patterns):
        for one in patterns:
            if isinstance(one, URLPattern):
                yield one.name
            else:
                yield from walk(one.url_patterns)

    return list(walk(get_resolver().url_patterns))


@pytest.fixture
def house(network, ada, workshop, ben):
    """Everybody with their browser, and something behind every door: (browsers, what the addresses need)."""
    elsewhere = factories.make_network("Another network")
    other = factories.make_workshop(elsewhere)
    gus, zoe = factories.join(workshop, "Gus"), factories.join(other, "Zoe")
    browsers = {
        "eve": Client(),
        "ben": factories.phone_of(ben),
        "gus": factories.phone_of(gus),
        "zoe": factories.phone_of(zoe),
        "ada": factories.console_of(ada),
        "max": factories.console_of(factories.make_user("Max", elsewhere)),
        "mia": factories.console_of(factories.make_user("Mia", network, role=Membership.MANAGER)),
    }
    gus.remove()
    stories = factories.open_(factories.activity(workshop, "s1a"))
    invited = workshop.participants.create(name="Flo", organisation=ben.organisation)
    card = Driver.objects.create(network=network, title="Waits")
    table = factories.seat(workshop.rounds.get(number=1), "T1", ben)
    colleague = factories.make_user("Liz", network)
    needs = {
        "token": SignInLink.make_for(ada),
        "network": network.pk,
        "body": network.organisations.first().pk,
        "member": Membership.objects.get(user=colleague).pk,
        "card": card.pk,
        "code": workshop.code,
        "activity": stories.pk,
        "invited": invited.pk,
        "round": 1,
        "screen": passes.make_screen_pass(workshop.pk, workshop.screen_nonce),
        "pack": 1,
        "sent": {"person": ben.pk, "table": table.pk},
    }
    return browsers, needs


def got_in(name, answer) -> bool:
    if answer.status_code in (301, 302, 303) and answer.url.startswith(TURNED_ROUND):
        return name in ("home", "sign-out", "join")
    return answer.status_code not in (404, 405)


def address(name, needs):
    follows, _get, _post = DOORS[name]
    return reverse(name, args=[needs.get(one, one) for one in follows])


def test_every_door_is_listed():
    assert sorted(doors()) == sorted(DOORS)


GONE_AFTER_THE_FIRST = {"sign-in-link", "organisation-remove", "member-remove", "invited-remove", "unlock"}
REFUSED = {302, 403, 404, 405}  # whoever may not see a door may as well be told that it is not there


@pytest.mark.parametrize("name", DOORS)
def test_a_door_opens_for_those_it_is_for(name, house):
    browsers, needs = house
    for method, may in zip(("get", "post"), DOORS[name][1:], strict=True):
        answers = {
            who: getattr(browser, method)(address(name, needs), needs["sent"]) for who, browser in browsers.items()
        }
        assert max(answer.status_code for answer in answers.values()) < 500
        went_in = {who for who, answer in answers.items() if got_in(name, answer)}
        if may is None:
            assert {answer.status_code for answer in answers.values()} <= REFUSED
        elif method == "post" and name in GONE_AFTER_THE_FIRST:
            assert went_in
            assert went_in <= may
        else:
            assert went_in == may


def test_no_door_knows_another_method(house):
    browsers, needs = house
    seen = {
        (name, method): getattr(browsers[who], method)(address(name, needs)).status_code
        for name in DOORS
        for method in ("put", "patch", "delete")
        for who in ("eve", "ben", "ada")
    }
    assert {door: status for door, status in seen.items() if status not in REFUSED} == {}


def test_a_post_without_a_token_is_refused(house):
    browsers, needs = house
    seen = {}
    for name, (_follows, _get, post) in DOORS.items():
        for who in ("eve", "ben", "ada") if post else ():
            strict = Client(enforce_csrf_checks=True)
            strict.cookies = browsers[who].cookies
            seen[name, who] = strict.post(address(name, needs), {"text": "words"}).status_code
    assert {door: status for door, status in seen.items() if status != 403} == {}


def test_the_console_is_no_surface_for_a_phone(house):
    browsers, needs = house
    seen = {
        who: one.get(reverse("version", args=[needs["code"], "console"])).status_code for who, one in browsers.items()
    }
    assert seen == {**dict.fromkeys(EVERYONE, 404), "ada": 200}


def test_an_old_screen_link_is_shut_out_by_a_new_one(house, workshop):
    browsers, needs = house
    assert browsers["eve"].get(reverse("screen", args=[needs["screen"]])).status_code == 200
    browsers["ada"].post(reverse("run", args=[needs["code"], "new-screen"]))
    assert browsers["eve"].get(reverse("screen", args=[needs["screen"]])).status_code == 404


def test_a_sign_in_link_works_once_and_looking_does_not_use_it_up(house):
    browsers, needs = house
    link = reverse("sign-in-link", args=[needs["token"]])
    assert [browsers["eve"].get(link).status_code for _n in range(3)] == [200, 200, 200]
    assert [Client().post(link).status_code for _n in range(2)] == [302, 404]


class Noting(MD5PasswordHasher):
    """Counts the passwords that went through it."""

    algorithm = "noting"
    count = 0

    def encode(self, *args, **kwargs):
        Noting.count += 1
        return super().encode(*args, **kwargs)


def test_only_two_doors_take_as_long_as_a_password(house, settings):
    """Those for which config/asgi.py keeps a thread of its own."""
    settings.PASSWORD_HASHERS = [f"{Noting.__module__}.Noting"]
    browsers, needs = house
    word = "a long walk to the sea"
    sent = {**needs["sent"], "username": "nobody", "password": word, "new_password1": word, "new_password2": word}
    slow = set()
    for name in sorted(DOORS, key="sign-out".__eq__):  # last, because it shuts the others
        for method in ("get", "post"):
            Noting.count = 0
            for browser in browsers.values():
                getattr(browser, method)(address(name, needs), sent)
            if Noting.count:
                slow.add((name, method))
    assert slow == {("sign-in", "post"), ("account", "post")}
