"""A dot vote: blind until it closes, one person one ballot, and a result that says who is behind it."""

import pytest
from django.template.loader import render_to_string

from activities.kind import kind_of
from facilitation.live import surfaces
from tests.factories import act, activity, close, console_of, join, make_activity, make_card, open_, phone_of
from workshops.models import Participant, Workshop


@pytest.fixture
def vote(workshop):
    """Choose three to five of four values that the room has named, and one that is parked."""
    cluster = activity(workshop, "s2b")
    for place, name in enumerate(["Fair", "Open", "Kind", "Curious"], start=1):
        cluster.themes.create(name=name, gist=f"We are {name.lower()}", position=place)
    cluster.themes.create(name="Free lunch", position=5, parked=True)
    return activity(workshop, "s2c")


def ballot(vote, **dots):
    """opt-<target> fields: ballot(vote, Fair=2)."""
    targets = {theme.name: f"opt-theme:{theme.pk}" for theme in vote.draws_on.themes.all()}
    return {targets[name]: number for name, number in dots.items()}


def dots_of(vote, person):
    names = {f"theme:{theme.pk}": theme.name for theme in vote.draws_on.themes.all()}
    found = vote.marks.filter(participant=person).ballots().get(person.pk, {})
    return {names[target]: int(dots) for target, dots in found.items()}


def seen(workshop, surface):
    return surfaces.shared(Workshop.objects.get(pk=workshop.pk), surface)


def test_one_post_is_one_whole_ballot(vote, ben):
    vote = open_(vote)
    assert act(phone_of(ben), vote, "vote", **ballot(vote, Fair=2, Open=1)).status_code == 200
    assert dots_of(vote, ben) == {"Fair": 2, "Open": 1}


def test_a_new_ballot_takes_the_place_of_the_one_before(vote, ben):
    vote = open_(vote)
    act(phone_of(ben), vote, "vote", **ballot(vote, Fair=2, Open=1))
    act(phone_of(ben), vote, "vote", **ballot(vote, Kind=1))
    assert dots_of(vote, ben) == {"Kind": 1}


def test_a_third_of_the_options_is_the_number_of_dots_and_what_is_parked_is_not_on_the_paper(vote, ben):
    vote = open_(vote)
    page = phone_of(ben).get(f"/w/{vote.workshop.code}/mine/").content.decode()
    assert vote.notes["rules"] == [3, 2]
    assert ("3 of 3 dots left" in page, "2 at most on one" in page) == (True, True)
    assert ("Curious" in page, "Free lunch" in page) == (True, False)


@pytest.mark.parametrize(
    ("dots", "words"),
    [
        ({"Fair": 2, "Open": 2}, "That is 4 dots, and everyone has 3 dots."),
        ({"Fair": 3}, "At most 2 dots on one option."),
        ({"Fair": -1}, "Not less than 0 dots."),
        ({"Fair": "many"}, "Write a whole number of dots."),
    ],
)
def test_a_ballot_that_breaks_the_rules_is_explained_and_the_earlier_one_stands(vote, ben, dots, words):
    vote = open_(vote)
    act(phone_of(ben), vote, "vote", **ballot(vote, Kind=1))
    answer = act(phone_of(ben), vote, "vote", **ballot(vote, **dots))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert dots_of(vote, ben) == {"Kind": 1}


def test_an_option_that_is_not_on_the_paper_is_refused(vote, ben):
    parked = vote.draws_on.themes.get(parked=True)
    vote = open_(vote)
    answer = act(phone_of(ben), vote, "vote", **{f"opt-theme:{parked.pk}": 1})
    assert (answer.status_code, vote.marks.count()) == (422, 0)


def faces(vote):
    """What everybody is pushed, on every surface."""
    kind = kind_of(vote)
    told = {"workshop": vote.workshop, "activity": vote, **kind.shared(vote), **kind.console(vote)}
    parts = (kind.face("phone", "shared"), kind.face("console", "shared"), kind.face("screen"))
    return [kind.line(vote), *(render_to_string(part, told) for part in parts)]


def test_while_it_is_open_no_surface_depends_on_what_was_chosen(vote, ben, chi):
    vote = open_(vote)
    pages = []
    for choice in ({"Fair": 2}, {"Kind": 1, "Curious": 2}):
        act(phone_of(ben), vote, "vote", **ballot(vote, **choice))
        pages.append(faces(vote))
    assert pages[0] == pages[1]
    assert (kind_of(vote).results(vote), kind_of(vote).record(vote)) == ({}, {})
    assert kind_of(vote).shared(vote) == {"dots_each": 3, "most_on_one": 2, "result": {}, "voted": 1, "eligible": 2}


def test_closing_tells_dots_people_and_organisations(vote, workshop, ben, chi, dee):
    vote = open_(vote)
    for person, dots in ((ben, {"Fair": 2}), (chi, {"Fair": 1, "Open": 2}), (dee, {"Open": 2, "Kind": 1})):
        act(phone_of(person), vote, "vote", **ballot(vote, **dots))
    vote = close(vote)
    told = kind_of(vote).shared(vote)["result"]["rows"]
    assert [(row["rank"], row["option"].name, row["dots"], row["supporters"], row["spread"]) for row in told] == [
        (1, "Open", 4, 2, 2),
        (2, "Fair", 3, 2, 2),
        (3, "Kind", 1, 1, 1),
        (4, "Curious", 0, 0, 0),
    ]
    assert [row["narrow"] for row in told] == [False, True, False, False]
    assert [row["intense"] for row in told] == [True, False, False, False]
    assert "Open" in seen(workshop, "screen")


def test_equal_dots_and_equal_people_share_a_rank(vote, ben):
    vote = open_(vote)
    act(phone_of(ben), vote, "vote", **ballot(vote, Kind=1, Curious=1))
    vote = close(vote)
    told = kind_of(vote).shared(vote)["result"]["rows"]
    assert [(row["rank"], row["shared"]) for row in told] == [(1, True), (1, True), (3, True), (3, True)]


def test_after_closing_no_ballot_is_taken(vote, ben):
    vote = close(open_(vote))
    answer = act(phone_of(ben), vote, "vote", **ballot(vote, Fair=1))
    assert (answer.status_code, vote.marks.count()) == (409, 0)


def test_dots_can_be_set_before_opening_and_never_after(vote, console):
    assert act(console, vote, "set_dots", dots=5, max_per_option=1).status_code == 200
    vote = open_(activity(vote.workshop, "s2c"))
    assert vote.notes["rules"] == [5, 1]
    assert act(console, vote, "set_dots", dots=2, max_per_option=1).status_code == 409
    assert activity(vote.workshop, "s2c").settings["dots"] == 5


def test_more_on_one_option_than_there_are_dots_is_refused(vote, console):
    assert act(console, vote, "set_dots", dots=2, max_per_option=3).status_code == 422


def test_a_ballot_on_paper_is_entered_for_somebody(vote, workshop, console, ben):
    flo = Participant.objects.create(workshop=workshop, name="Flo", organisation=ben.organisation)
    vote = open_(vote)
    assert act(console, vote, "paper_ballot", person=flo.pk, **ballot(vote, Fair=1)).status_code == 200
    assert dots_of(vote, flo) == {"Fair": 1}
    assert set(vote.marks.values_list("channel", flat=True)) == {"paper"}
    assert kind_of(vote).shared(vote)["eligible"] == 2


def test_paper_never_takes_the_place_of_what_came_from_a_phone(vote, console, ben):
    vote = open_(vote)
    act(phone_of(ben), vote, "vote", **ballot(vote, Fair=1))
    answer = act(console, vote, "paper_ballot", person=ben.pk, **ballot(vote, Kind=1))
    assert answer.status_code == 422
    assert dots_of(vote, ben) == {"Fair": 1}


def test_a_phone_cannot_say_that_it_is_paper(vote, ben):
    vote = open_(vote)
    act(phone_of(ben), vote, "vote", channel="paper", **ballot(vote, Fair=1))
    assert set(vote.marks.values_list("channel", flat=True)) == {"phone"}


def test_somebody_without_a_seat_cannot_vote(vote, eve):
    vote = open_(vote)
    assert act(eve, vote, "vote", **ballot(vote, Fair=1)).status_code == 404


def test_the_order_is_each_persons_own_and_stays(vote, workshop):
    people = [join(workshop, f"Person {number}") for number in range(8)]
    vote = open_(vote)
    form = kind_of(vote).actions["vote"]

    def order(person):
        return [option.name for option, _field in form(activity=vote, participant=person).rows()]

    orders = [order(person) for person in people]
    assert orders == [order(person) for person in people]
    assert len({tuple(one) for one in orders}) > 1


def test_somebody_taken_off_the_list_does_not_count(vote, ben, chi):
    vote = open_(vote)
    act(phone_of(ben), vote, "vote", **ballot(vote, Fair=1))
    ben.remove()
    result = close(vote).notes["result"]
    assert (result["voted"], result["eligible"], result["dots"]) == (0, 1, 0)


def test_cards_are_the_options_where_nothing_was_grouped(workshop, ben):
    ideas = activity(workshop, "s3b")
    make_card(ideas, text="See every wait", fields={"description": "One shared view"})
    make_card(ideas, text="Only for this table", sharing="table_only")
    make_card(ideas, text="Held").hold([])
    vote = open_(activity(workshop, "s3d"))
    page = phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    assert ["See every wait" in page, "One shared view" in page] == [True, True]
    assert ["Only for this table" in page, "Held" in page] == [False, False]
    assert vote.notes["rules"] == [3, 2]


def test_a_vote_with_nothing_to_vote_on_says_so(workshop, ben, console):
    vote = open_(make_activity(workshop, "dot_vote", title="Vote"))
    assert "Nothing to vote on yet" in phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    assert "There is nothing to vote on" in console.get(f"/w/{workshop.code}/console/").content.decode()
    assert close(vote).notes["result"]["rows"] == []


def test_the_desk_offers_paper_to_the_facilitator(vote, ada, ben):
    vote = open_(vote)
    assert "Enter a ballot from paper" in console_of(ada).get(f"/w/{vote.workshop.code}/console/").content.decode()


def test_before_opening_the_desk_offers_to_set_the_dots(vote, workshop, console):
    workshop.show(vote)
    page = console.get(f"/w/{workshop.code}/console/desk/").content.decode()
    assert ("Set the dots" in page, 'value="3"' in page, "Enter a ballot from paper" in page) == (True, True, False)
