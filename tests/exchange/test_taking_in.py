"""A day comes in whole or not at all, and comes out again as it went in."""

import json
from copy import deepcopy

import pytest
import yaml

from outputs import results
from outputs.exchange.problems import Unsound
from outputs.exchange.taking_in import take_in
from outputs.exchange.writing import export, to_yaml
from tests.exchange.conftest import SAMPLE, as_bytes
from workshops.differences import differences
from workshops.models import Activity, Card, Driver, Mark, Network, Organisation, Participant, Receipt, Workshop
from workshops.write import taken_back


@pytest.fixture(scope="module")
def there_and_back(django_db_setup, django_db_blocker):
    """The sample day taken in, given back, taken in again from that and given back: plain data only."""
    with django_db_blocker.unblock(), taken_back():
        taken = take_in(SAMPLE.read_bytes())
        first = to_yaml(export(taken.workshop))
        with_needs = export(taken.workshop, access_needs=True)
        again = take_in(first.encode()).workshop
        return {
            "differing": taken.differing,
            "facts": taken.workshop.facts,
            "state": taken.workshop.state,
            "rehearsal": taken.workshop.rehearsal,
            "open": list(taken.workshop.activities.exclude(state=Activity.CLOSED).values_list("ref", flat=True)),
            "held": Card.objects.held().count(),
            "receipts": Receipt.objects.count(),
            "results": json.loads(json.dumps(results.of(taken.workshop))),
            "first": yaml.safe_load(first),
            "needs": with_needs["access_needs"],
            "second": yaml.safe_load(to_yaml(export(again))),
        }


def test_the_sample_comes_out_as_it_went_in_except_for_access_needs(there_and_back, sample):
    assert differences(sample, there_and_back["first"]) == ["access_needs"]


def test_the_second_time_it_comes_out_the_same(there_and_back):
    assert there_and_back["second"] == there_and_back["first"]


def test_the_results_are_what_the_ballots_of_the_sample_come_to(there_and_back, sample):
    assert there_and_back["differing"] == ()
    assert there_and_back["results"] == json.loads(json.dumps(sample["expected_results"]))


def test_only_what_no_room_fills_is_kept_as_it_came(there_and_back):
    facts = there_and_back["facts"]
    kept = {name for name in facts if name not in ("event", "blocks", "order")}
    assert kept == {
        *("role_groups", "pre_event_survey", "criteria_scoring", "votes", "actual_timings", "review_2027_03"),
    }
    assert [vote["id"] for vote in facts["votes"]] == ["vote_shortlist_ranked"]


def test_access_needs_come_out_only_on_request(there_and_back, sample):
    assert "access_needs" not in there_and_back["first"]
    assert {need["participant"]: need for need in there_and_back["needs"]} == {
        need["participant"]: need for need in sample["access_needs"]
    }


def test_a_completed_day_is_closed_and_no_rehearsal(there_and_back):
    assert (there_and_back["state"], there_and_back["rehearsal"]) == (Workshop.CLOSED, False)
    assert (there_and_back["open"], there_and_back["held"], there_and_back["receipts"]) == ([], 0, 0)


# -- twice, half, not at all ------------------------------------------------------------------------------------------


def test_the_same_file_again_makes_a_second_workshop_in_the_same_network(taken_in, small):
    first = taken_in(small)
    Organisation.objects.filter(ref="larkham").update(short="Larkham Infirmary")
    Network.objects.update(about="As we wrote it ourselves")
    drivers = Driver.objects.count()
    second = taken_in(small)
    assert (second.network, second.pk == first.pk, second.code == first.code) == (first.network, False, False)
    assert list(Organisation.objects.values_list("short", flat=True)) == ["Larkham Infirmary", ""]
    assert (Network.objects.get().about, Driver.objects.count()) == ("As we wrote it ourselves", drivers)
    assert (first.participants.count(), second.participants.count()) == (6, 6)


def test_nothing_stays_of_a_file_that_a_room_refuses(taken_in, small):
    small["value_ideas"][2]["text"] = "x" * 200
    small["stories"][1]["text"] = "y" * 3000
    with pytest.raises(Unsound) as unsound:
        taken_in(small)
    assert [str(problem) for problem in unsound.value.problems] == [
        "stories: send “s2” of chi was refused: text: This is too long: at most 1500 characters, and this has 3000.",
        "value_ideas: send “v3” of dee was refused: text: This is too long: at most 80 characters, and this has 200.",
    ]
    for model in (Network, Organisation, Workshop, Participant, Activity, Card, Mark):
        assert model.objects.count() == 0


def test_a_draft_waits_for_everybody(taken_in, small):
    small["event"]["status"] = "draft"
    for block in ("stories", "story_themes", "value_ideas", "value_clusters", "votes", "commitments"):
        del small[block]
    workshop = taken_in(small)
    assert (workshop.state, workshop.current, workshop.participants.present().count()) == (Workshop.DRAFT, None, 0)
    assert set(workshop.activities.values_list("state", flat=True)) == {Activity.WAITING}


def test_results_that_the_ballots_do_not_come_to_are_named(db, small):
    small["expected_results"] = {"vote_values_turnout": {"voted": 6, "eligible": 6, "dots": 10, "dots_possible": 18}}
    assert "vote_values_turnout.voted" in take_in(as_bytes(small)).differing


# -- what leaves ------------------------------------------------------------------------------------------------------


def gone_out(workshop):
    return yaml.safe_load(to_yaml(export(workshop)))


def test_held_words_do_not_leave_and_nothing_speaks_of_them(taken_in, small):
    theme = {"id": "t1", "title": "See every wait", "description": "One clock", "proposed_by": "T1"}
    small["priority_themes"] = [{**theme, "stories": ["s1", "s2"]}]
    small["seating"].append({"round": 3, "tables": deepcopy(small["seating"][0]["tables"])})
    workshop = taken_in(small)
    Card.objects.get(ref="s2").hold([])
    day = gone_out(workshop)
    assert [story["id"] for story in day["stories"]] == ["s1"]
    assert day["priority_themes"][0]["stories"] == ["s1"]
    assert Card.objects.get(ref="s2").is_held


def test_who_was_taken_off_the_list_leaves_words_without_a_name(taken_in, small):
    workshop = taken_in(small)
    workshop.participants.get(ref="dee").remove()
    day = gone_out(workshop)
    assert "dee" not in [person["id"] for person in day["participants"]]
    assert [idea.get("author") for idea in day["value_ideas"]] == ["ben", "chi", None, None]
    assert day["votes"][0]["ballots"].keys() == {"ben", "chi", "eli", "fay"}
    assert day["seating"][0]["tables"]["T2"] == ["chi", "eli"]
    assert workshop.participants.count() == 6
    again = gone_out(taken_in(day))
    assert differences({**day, "expected_results": 0}, {**again, "expected_results": 0}) == []


def test_a_commitment_for_oneself_alone_does_not_leave(taken_in, small):
    workshop = taken_in(small)
    workshop.commitments.filter(text__startswith="I will ring").update(sharing="me")
    assert [one["text"] for one in gone_out(workshop)["commitments"]] == ["I will pass on what I hear."]


def test_a_day_that_began_on_the_phones_can_be_taken_in(workshop, ben, chi, taken_in):
    workshop.network.organisations.create(name="Ünusual & Söns")
    idea = workshop.activities.get(block="value_ideas")
    idea.put_up("Pick up the phone", by=ben)
    idea.put_up("Kindness", by=chi)
    day = gone_out(workshop)
    assert [(one["author"], one["text"]) for one in day["value_ideas"]] == [
        ("p01", "Pick up the phone"),
        ("p02", "Kindness"),
    ]
    assert gone_out(taken_in(day)) == day
    assert list(workshop.participants.values_list("ref", flat=True)) == ["", ""]


def test_a_run_sheet_that_was_changed_comes_along(workshop, ben, taken_in):
    workshop.activities.filter(ref="a05_networking").update(skipped=True)
    added = Activity.objects.create(workshop=workshop, position=99, kind="capture", title="One more thing", minutes=7)
    added.put_up("Thank the porters", by=ben)
    day = gone_out(workshop)
    line = day["run_sheet"][-1]
    assert (line["id"], line["kind"], line["title"], line["minutes"]) == ("a99", "capture", "One more thing", 7)
    assert day[line["block"]] == [{"id": "c01", "text": "Thank the porters", "author": "p01"}]
    second = taken_in(day)
    assert list(second.activities.values_list("title", "skipped")) == list(
        workshop.activities.values_list("title", "skipped")
    )
    assert gone_out(second) == day


def test_an_empty_run_sheet_comes_along(network, taken_in):
    workshop = Workshop.objects.create(network=network, title="Ours", date="2026-09-24", starts_at="09:00")
    workshop.refresh_from_db()
    workshop.activities.create(position=1, kind="brief", title="Welcome")
    assert gone_out(taken_in(gone_out(workshop))) == gone_out(workshop)
