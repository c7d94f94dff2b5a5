"""The commands: what they print, and what they say when something is wrong."""

import json
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from tests.exchange.conftest import ROOT, SMALL
from workshops.models import Membership, Network, SignInLink, Workshop

EXAMPLES = json.loads((ROOT / "tests" / "data" / "tally_examples.json").read_text(encoding="utf-8"))
METHODS = {
    **dict.fromkeys(("borda", "irv", "schulze", "ranked"), "ranked (borda, irv, schulze)"),
    "dots": "dots",
    "gradients": "gradients",
}


def said(*command):
    out = StringIO()
    call_command(*command, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_an_import_ends_with_the_code_and_its_export_can_be_read():
    code = said("import_workshop", str(SMALL)).splitlines()[-1]
    assert Workshop.objects.get().code == code
    assert yaml.safe_load(said("export_workshop", code))["event"]["id"] == "ev-small"
    assert json.loads(said("results", code.lower(), "--json"))["vote_values"] == {"vc2": [6, 4, 2], "vc1": [4, 3, 2]}


@pytest.mark.django_db
def test_an_export_can_go_into_a_file(tmp_path):
    code = said("import_workshop", str(SMALL)).splitlines()[-1]
    out = tmp_path / "day.yaml"
    assert said("export_workshop", code, "--out", str(out), "--with-access-needs") == ""
    assert yaml.safe_load(out.read_text(encoding="utf-8"))["access_needs"] == [
        {"participant": "gus", "need": "Sits close to the speaker", "pin_tables": ["T1"]}
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"event: [", "This is not YAML"),
        (b"", "This file is empty."),
        (b"\xff\xfe", "not UTF-8"),
        (b"event: {}", "  network: is missing"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_words(tmp_path, content, words):
    path = tmp_path / "day.yaml"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="nothing was imported") as refused:
        said("import_workshop", str(path))
    assert words in str(refused.value)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        said("import_workshop", str(tmp_path / "none.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["export_workshop", "results"])
def test_a_code_that_nobody_has_is_said(command):
    with pytest.raises(CommandError, match="No workshop has the code ZZZZZZ"):
        said(command, "ZZZZZZ")


@pytest.mark.parametrize("method", METHODS)
def test_a_vote_in_a_file_is_counted_again(tmp_path, method):
    example, path = EXAMPLES[METHODS[method]], tmp_path / "vote.json"
    path.write_text(json.dumps(example["input"]), encoding="utf-8")
    assert json.loads(said("tally", method, "--ballots", str(path))) == example["expected"]


@pytest.mark.parametrize(
    ("method", "content", "words"),
    [
        ("dots", "{}", "The vote has no 'ballots'"),
        ("dots", "[]", "holds no vote"),
        ("dots", "{", "is not JSON"),
        ("show of hands", "{}", "There is no method “show of hands”"),
        ("gradients", '{"ballots": {"ben": 9}}', "Choose a whole number from 1 to 8"),
        ("ranked", '{"options": ["a"], "ballots": {"ben": ["b"]}}', "is not one of the options"),
    ],
)
def test_a_vote_that_cannot_be_counted_is_said(tmp_path, method, content, words):
    path = tmp_path / "vote.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        said("tally", method, "--ballots", str(path))
    assert words in str(refused.value)


@pytest.mark.parametrize("role", ["facilitator", "manager"])
def test_a_sign_in_link_opens_every_network_once(db, client, role, settings):
    settings.PORT = 8123
    Network.objects.create(name="Fen Valley")
    Network.objects.create(name="Mercia Vale")
    link = said("sign_in_link", "--role", role).splitlines()[-1]
    assert link.startswith("http://127.0.0.1:8123/sign-in/")
    path = link.removeprefix("http://127.0.0.1:8123")
    assert (client.get(path).status_code, client.post(path).status_code, client.post(path).status_code) == (
        200,
        302,
        404,
    )
    assert set(Membership.objects.values_list("user__username", "role")) == {(role, role)}
    assert Membership.objects.count() == 2
    said("sign_in_link", "--role", role)
    assert (Membership.objects.count(), SignInLink.objects.count()) == (2, 2)


def test_a_sign_in_link_may_open_one_network_under_another_address(db):
    Network.objects.create(name="Fen Valley", ref="fen")
    Network.objects.create(name="Mercia Vale")
    link = said("sign_in_link", "--role", "manager", "--network", "fen", "--base-url", "https://day.example.org/")
    assert link.startswith("https://day.example.org/sign-in/")
    assert Membership.objects.get().network.name == "Fen Valley"
    with pytest.raises(CommandError, match="There is no network “moor”"):
        said("sign_in_link", "--network", "moor")
