"""Shortlist: at most six priorities, decided in the open with the evidence in sight, and nothing lost of the others."""

from datetime import date

import pytest

from activities.kind import Move, Ref, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, make_card, make_network, open_, phone_of
from workshops.models import Alignment, Driver, Plan, Priority, Value


@pytest.fixture
def themes(workshop, network, ben):
    """Three themes of the long list by title; the first two answer to national and local cards."""
    drivers = [
        Driver.objects.create(network=network, title="Waits", ref="np1"),
        Driver.objects.create(network=network, title="Weekend cover", organisation=ben.organisation, ref="lp1"),
    ]
    long_list = activity(workshop, "s3b")
    return {
        title: make_card(long_list, text=title, fields={"drivers": [one.pk for one in drivers[:number]]})
        for number, title in enumerate(["Machines", "Waits", "Passport"])
    }


@pytest.fixture
def shortlist(workshop, themes):
    return open_(activity(workshop, "s3e"))


def become(console, shortlist, theme, what):
    return act(console, shortlist, "become", card=theme.pk, becomes=what)


def decided(workshop):
    return {one.title: (one.decision, [card.text for card in one.cards.all()]) for one in workshop.priorities.all()}


def test_a_theme_becomes_a_priority_in_one_step_with_what_it_answers_to(shortlist, themes, workshop, console):
    answer = become(console, shortlist, themes["Passport"], "own")
    priority = Priority.objects.get()
    assert (answer.status_code, answer["X-Made"]) == (200, str(priority.pk))
    assert decided(workshop) == {"Passport": ("agreed", ["Passport"])}
    assert [one.driver.title for one in priority.alignments.order_by("pk")] == ["Waits", "Weekend cover"]


def test_a_theme_joins_another_ones_priority_and_moves_on(shortlist, themes, workshop, console):
    become(console, shortlist, themes["Machines"], "own")
    become(console, shortlist, themes["Waits"], "own")
    first, second = workshop.priorities.all()
    become(console, shortlist, themes["Passport"], f"join:{first.pk}")
    assert decided(workshop) == {"Machines": ("agreed", ["Machines", "Passport"]), "Waits": ("agreed", ["Waits"])}
    become(console, shortlist, themes["Passport"], f"join:{second.pk}")
    assert decided(workshop) == {"Machines": ("agreed", ["Machines"]), "Waits": ("agreed", ["Waits", "Passport"])}


def test_a_theme_that_is_put_back_takes_its_empty_priority_along(shortlist, themes, workshop, console):
    become(console, shortlist, themes["Waits"], "own")
    become(console, shortlist, themes["Waits"], "")
    assert decided(workshop) == {}
    become(console, shortlist, themes["Waits"], "not_ours")
    become(console, shortlist, themes["Waits"], "quick_win")
    assert decided(workshop) == {"Waits": ("quick_win", ["Waits"])}


def test_a_priority_that_a_group_plans_keeps_its_theme(shortlist, themes, workshop, console):
    become(console, shortlist, themes["Waits"], "own")
    Plan.begin(Priority.objects.get()).fill_in(ambition="By September")
    for answer in (
        become(console, shortlist, themes["Waits"], "held"),
        act(console, shortlist, "drop", priority=Priority.objects.get().pk),
    ):
        assert (answer.status_code, decided(workshop)) == (409, {"Waits": ("agreed", ["Waits"])})
        assert "A group is already planning “Waits”." in rooms.said(answer)


def test_a_seventh_priority_is_refused(shortlist, themes, workshop, console):
    for number in range(6):
        Priority.objects.create(workshop=workshop, title=f"Priority {number}", position=number)
    assert "Six priorities is the limit." in rooms.desk(console, shortlist)
    for answer in (
        become(console, shortlist, themes["Waits"], "own"),
        act(console, shortlist, "agree", cards=[themes["Waits"].pk], title="SEVENTHCANARY"),
    ):
        assert (answer.status_code, Priority.objects.count()) == (422, 6)
        assert "There are six priorities already. Which one can wait, and who keeps it?" in rooms.said(answer)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"cards": []}, "Choose at least one theme that this priority grew from."),
        ({"cards": [rooms.NEVER]}, "What you chose is not on the list any more. Choose again."),
        ({"title": ""}, "A priority needs a title."),
        ({"title": "t" * 121}, "This is too long: at most 120 characters, and this has 121."),
        ({"one_line": "o" * 301}, "This is too long: at most 300 characters, and this has 301."),
    ],
)
def test_what_is_wrong_with_a_priority_is_said(shortlist, themes, console, sent, words):
    answer = act(console, shortlist, "agree", **{"cards": [themes["Waits"].pk], "title": "See every wait", **sent})
    assert (answer.status_code, words in rooms.said(answer), Priority.objects.count()) == (422, True, 0)


def test_a_priority_grows_from_several_themes_in_their_order(shortlist, themes, workshop, console):
    cards = [themes["Passport"].pk, themes["Machines"].pk]
    act(console, shortlist, "agree", cards=cards, title="One team", one_line="That can move")
    assert decided(workshop) == {"One team": ("agreed", ["Machines", "Passport"])}
    assert Priority.objects.get().one_line == "That can move"


def test_rewording_begins_with_what_is_there_and_says_what_it_serves(shortlist, themes, workshop, console):
    become(console, shortlist, themes["Waits"], "own")
    priority, value = Priority.objects.get(), Value.objects.create(workshop=workshop, name="Fair")
    assert 'value="Waits"' in rooms.desk(console, shortlist)
    told = {"title": "See every wait", "one_line": "One picture", "purpose_link": "on time", "values": [value.pk]}
    act(console, shortlist, "reword", priority=priority.pk, **told)
    priority.refresh_from_db()
    assert (priority.title, priority.one_line, priority.purpose_link) == ("See every wait", "One picture", "on time")
    assert list(priority.values.all()) == [value]


def test_words_that_are_refused_stay_beside_their_own_priority(shortlist, themes, console):
    become(console, shortlist, themes["Waits"], "own")
    become(console, shortlist, themes["Machines"], "own")
    priority = Priority.objects.first()
    answer = act(console, shortlist, "reword", priority=priority.pk, title="y" * 121)
    assert (answer.status_code, rooms.said(answer).count("y" * 121)) == (422, 1)
    assert f'id="desk-{priority.pk}" open' in rooms.said(answer)


def test_what_is_held_has_a_keeper_and_a_reason(shortlist, themes, workshop, console, ben):
    become(console, shortlist, themes["Machines"], "held")
    told = {"decision": "quick_win", "why": "It only needs a phone call", "keeper": ben.pk, "starts_on": "2026-10-05"}
    assert act(console, shortlist, "set_aside", card=themes["Machines"].pk, **told).status_code == 200
    aside = Priority.objects.get()
    assert (aside.decision, aside.why, aside.keeper) == ("quick_win", "It only needs a phone call", ben)
    assert aside.starts_on == date(2026, 10, 5)
    assert "It only needs a phone call" in rooms.desk(console, shortlist)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"why": "w" * 301}, "This is too long: at most 300 characters, and this has 301."),
        ({"starts_on": "soon"}, "Write the date as day, month and year."),
        ({"decision": "agreed"}, "agreed is not one of the available choices."),
    ],
)
def test_what_is_wrong_with_a_theme_set_aside_is_said_beside_the_field(shortlist, themes, console, sent, words):
    become(console, shortlist, themes["Machines"], "held")
    told = {"decision": "held", "why": "Later", **sent}
    answer = act(console, shortlist, "set_aside", card=themes["Machines"].pk, **told)
    assert (answer.status_code, rooms.field_error(answer, words)) == (422, True)
    assert told["why"] in rooms.said(answer)


def test_a_theme_of_a_priority_is_not_set_aside_behind_its_back(shortlist, themes, workshop, console):
    become(console, shortlist, themes["Waits"], "own")
    answer = act(console, shortlist, "set_aside", card=themes["Waits"].pk, decision="held")
    assert (answer.status_code, decided(workshop)) == (422, {"Waits": ("agreed", ["Waits"])})
    assert "This theme is part of the priority “Waits”." in rooms.said(answer)


def test_how_far_a_priority_helps_is_written_down_and_taken_out(shortlist, themes, console):
    become(console, shortlist, themes["Machines"], "own")
    priority, driver = Priority.objects.get(), Driver.objects.get(ref="np1")
    act(console, shortlist, "align", priority=priority.pk, driver=driver.pk, strength=2)
    assert list(Alignment.objects.values_list("strength", flat=True)) == [2]
    act(console, shortlist, "align", priority=priority.pk, driver=driver.pk, strength=0)
    assert Alignment.objects.count() == 0
    answer = act(console, shortlist, "align", priority=priority.pk, driver="", strength=1)
    assert rooms.field_error(answer, "Choose a national or local priority.")


def test_what_belongs_to_others_is_not_there(shortlist, themes, network, console):
    other, _person = workshop_with(1, "shortlist", network)
    priority, theirs = other.workshop.priorities.get(), other.draws_on.cards.first()
    elsewhere = Driver.objects.create(network=make_network("Elsewhere"), title="Theirs")
    for action in ("reword", "drop", "align"):
        answer = act(console, shortlist, action, priority=priority.pk, title="Mine", driver=elsewhere.pk, strength=1)
        assert (answer.status_code, "This priority is not on the list any more." in rooms.said(answer)) == (422, True)
    for action in ("become", "set_aside"):
        answer = act(console, shortlist, action, card=theirs.pk, becomes="own", decision="held")
        assert (answer.status_code, "This theme is not here any more." in rooms.said(answer)) == (422, True)
    answer = become(console, shortlist, themes["Waits"], f"join:{priority.pk}")
    assert (answer.status_code, "This priority is not on the list any more." in rooms.said(answer)) == (422, True)


def test_only_the_facilitator_decides(shortlist, themes, ben):
    for action in ("become", "agree", "set_aside", "reword", "drop", "align", "explain", "filed"):
        assert act(phone_of(ben), shortlist, action, card=themes["Waits"].pk, becomes="own").status_code == 404


# -- the evidence -----------------------------------------------------------------------------------------------------


def test_dots_people_and_organisations_stand_beside_each_theme_once_the_vote_is_closed(
    shortlist, themes, workshop, ben, chi, dee
):
    vote = open_(activity(workshop, "s3d"))
    for person, dots in ((ben, {"Waits": 2}), (chi, {"Waits": 1, "Machines": 2}), (dee, {"Passport": 3})):
        ballot = {f"card:{themes[title].pk}": number for title, number in dots.items()}
        vote.cast_ballot(ballot, by=person)
    dee.remove()
    evidence = kind_of(shortlist).evidence

    def told():
        cards, voted = evidence(shortlist)
        return voted, [(card.text, card.dots, card.people, card.organisations) for card in cards]

    assert told() == (False, [("Machines", 0, 0, 0), ("Waits", 0, 0, 0), ("Passport", 0, 0, 0)])
    close(vote)
    assert told() == (True, [("Waits", 3, 2, 2), ("Machines", 2, 1, 1), ("Passport", 0, 0, 0)])
    open_(vote)
    assert told()[0] is False


def test_an_organisation_whose_local_priorities_are_all_left_out_is_named(shortlist, themes, console):
    become(console, shortlist, themes["Machines"], "own")
    assert "None of its local priorities is in the set yet: Larkham" in rooms.shown(shortlist, "console")
    become(console, shortlist, themes["Passport"], "own")
    assert "None of its local priorities" not in rooms.shown(shortlist, "console")


# -- where people stand -----------------------------------------------------------------------------------------------


def stand(person, shortlist, level, note=""):
    return act(phone_of(person), shortlist, "stand", level=level, note=note)


def test_where_people_stand_is_told_to_nobody_before_it_closes(shortlist, ben, chi):
    pages = []
    for level in (1, 8):
        stand(ben, shortlist, level, note="NOTECANARY")
        pages.append((rooms.pushed(shortlist), kind_of(shortlist).console(shortlist)))
    assert pages[0] == pages[1]
    assert "NOTECANARY" not in rooms.shown(shortlist, "console") + rooms.mine(chi)
    assert "Change where I stand" in rooms.mine(ben)


def test_closing_shows_how_many_stand_where_and_never_who(shortlist, themes, console, ben, chi):
    become(console, shortlist, themes["Waits"], "own")
    stand(ben, shortlist, 1)
    stand(chi, shortlist, 6, note="Machines are missing")
    shortlist = close(shortlist)
    seen = rooms.shown(shortlist, "console")
    assert ("Not yet good enough" in seen, "Machines are missing" in seen) == (True, True)
    assert "Machines are missing" not in rooms.pushed(shortlist) + rooms.printed(shortlist)
    assert "Chi" not in rooms.pushed(shortlist) + rooms.printed(shortlist)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"level": ""}, "Choose where you stand, then send it."),
        ({"level": "9"}, "Choose one of the levels shown."),
        ({"note": "n" * 401}, "This is too long: at most 400 characters."),
    ],
)
def test_an_answer_that_is_wrong_is_explained_and_the_words_stay(shortlist, ben, sent, words):
    answer = act(phone_of(ben), shortlist, "stand", **{"level": "5", "note": "More machines", **sent})
    assert (answer.status_code, rooms.field_error(answer, words), shortlist.marks.count()) == (422, True, 0)
    assert {"note": "More machines", **sent}["note"] in rooms.said(answer)


def test_after_closing_no_answer_is_taken_and_reopening_keeps_those_that_were(shortlist, ben, chi):
    stand(ben, shortlist, 2)
    shortlist = close(shortlist)
    assert stand(chi, shortlist, 1).status_code == 409
    shortlist = open_(shortlist)
    assert kind_of(shortlist).shared(shortlist) == {"agreed": [], "count": 0}
    assert list(shortlist.marks.values_list("value", flat=True)) == [2]


# -- the rest ---------------------------------------------------------------------------------------------------------


def test_everybody_sees_what_is_agreed_and_paper_all_that_was_decided(shortlist, themes, console, ben):
    become(console, shortlist, themes["Waits"], "own")
    become(console, shortlist, themes["Machines"], "held")
    act(console, shortlist, "explain", note="The room swapped one")
    assert ("Waits" in rooms.pushed(shortlist), "Machines" in rooms.pushed(shortlist)) == (True, False)
    paper = rooms.printed(shortlist)
    assert ("Waits" in paper, "Next: held for later" in paper, "The room swapped one" in paper) == (True, True, True)


def test_the_screen_never_has_more_than_a_room_can_read(shortlist, workshop):
    line = "One honest picture of waits and access, used by all five centres."
    for number in range(6):
        Priority.objects.create(workshop=workshop, title="See every wait", one_line=line, position=number)
    assert rooms.words_on_screen(shortlist) <= 30
    assert line in rooms.shown(shortlist, "phone")


def test_what_was_decided_becomes_moves_and_blocks(shortlist, themes, workshop, console, ben):
    type(ben).objects.filter(pk=ben.pk).update(ref="p01")
    for title, name in (("Waits", "t01"), ("Machines", "t02"), ("Passport", "t03")):
        type(themes[title]).objects.filter(pk=themes[title].pk).update(ref=name)
    day = {
        "priorities_final": [{"id": "pr1", "from": ["t01"], "title": "See every wait", "one_line": "One picture"}],
        "held_themes": [{"theme": "t02", "keeper": "p01", "why": "Not this year"}],
        "quick_wins": [{"theme": "t03", "owner": None, "start": date(2026, 10, 5), "text": "Ring"}],
        "priorities_not_chosen_note": "By consent",
    }
    moves = list(kind_of(shortlist).script(shortlist, day))
    assert moves[0] == Move(
        "facilitator",
        "agree",
        {"title": "See every wait", "one_line": "One picture", "cards": [Ref("t01")]},
        ref="pr1",
    )
    assert [move.action for move in moves] == ["agree", "set_aside", "set_aside", "explain"]
    act(console, shortlist, "agree", cards=[themes["Waits"].pk], title="See every wait", one_line="One picture")
    Priority.objects.update(ref="pr1")
    for title, decision, more in (
        ("Machines", "held", {"why": "Not this year", "keeper": ben.pk}),
        ("Passport", "quick_win", {"why": "Ring", "starts_on": "2026-10-05"}),
    ):
        act(console, shortlist, "set_aside", card=themes[title].pk, decision=decision, **more)
    act(console, shortlist, "explain", note="By consent")
    shortlist = rooms.fresh(shortlist)
    assert kind_of(shortlist).record(shortlist) == day


def test_one_priority_and_two(shortlist, themes, console):
    become(console, shortlist, themes["Waits"], "own")
    assert kind_of(shortlist).line(shortlist) == "1 priority"
    become(console, shortlist, themes["Machines"], "own")
    assert kind_of(shortlist).line(shortlist) == "2 priorities"


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(3, "shortlist", network)
    assert rooms.breaks(this, person, ada) == set()
