"""Values: at most five, agreed by the room; tables propose lines, and what is taken up keeps its thread."""

import pytest

from activities.kind import Move, Ref, kind_of
from tests import rooms
from tests.every_kind import workshop_with
from tests.factories import act, activity, close, open_, phone_of, seat
from workshops.models import Behaviour, Card, Plan, Priority, Value


@pytest.fixture
def values(workshop, ben, chi):
    """Ben and Chi sit at T1."""
    this = activity(workshop, "s2d")
    seat(this.seating, "T1", ben, chi)
    return open_(this)


@pytest.fixture
def fair(values, console):
    group = values.draws_on.themes.create(name="Fair")
    act(
        console,
        values,
        "agree",
        theme=group.pk,
        name="Fair",
        statement="Same care, whichever postcode",
        notice="We count",
    )
    return Value.objects.get()


def line(person, values, value, text="Pick up the phone", sort="will"):
    return act(phone_of(person), values, "line", value=value.pk, sort=sort, text=text)


def agreed(value):
    return [(line.will, line.text) for line in value.behaviours.all()]


def test_a_value_is_written_down_with_the_group_that_it_grew_from(fair):
    assert (fair.name, fair.statement, fair.how_we_will_notice) == ("Fair", "Same care, whichever postcode", "We count")
    assert fair.theme.name == "Fair"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "A value needs a name of one to three words."),
        ({"name": "n" * 61}, "This is too long: at most 60 characters, and this has 61."),
        ({"statement": "s" * 301}, "This is too long: at most 300 characters, and this has 301."),
        ({"notice": "s" * 301}, "This is too long: at most 300 characters, and this has 301."),
    ],
)
def test_what_is_wrong_with_a_value_is_said_beside_the_field_and_the_words_stay(values, console, sent, words):
    answer = act(console, values, "agree", **{"name": "Fair", "statement": "Same care", **sent})
    assert (answer.status_code, rooms.field_error(answer, words), Value.objects.count()) == (422, True, 0)
    for kept in {"name": "Fair", "statement": "Same care", **sent}.values():
        assert kept in rooms.said(answer)


def test_a_sixth_value_is_refused_and_its_words_stay(values, console):
    for name in ("Fair", "Open", "Kind", "Curious", "One team"):
        act(console, values, "agree", name=name)
    assert "Five values is the limit." in rooms.desk(console, values)
    answer = act(console, values, "agree", name="Sixth", statement="One too many")
    assert (answer.status_code, Value.objects.count()) == (422, 5)
    assert "There are five values already. Which two are the same promise?" in rooms.said(answer)
    assert ("Sixth" in rooms.said(answer), "One too many" in rooms.said(answer)) == (True, True)


def test_rewording_begins_with_what_is_there_and_keeps_the_rest(values, fair, console):
    page = rooms.desk(console, values)
    assert ("Same care, whichever postcode" in page, "We count" in page) == (True, True)
    act(console, values, "change", value=fair.pk, name="Fair access", statement=fair.statement, notice="We count")
    fair.refresh_from_db()
    assert (fair.name, fair.statement, fair.theme.name) == ("Fair access", "Same care, whichever postcode", "Fair")


def test_words_that_are_refused_stay_beside_their_own_value(values, fair, console):
    act(console, values, "agree", name="Open")
    answer = act(console, values, "change", value=fair.pk, name="y" * 61)
    assert (answer.status_code, rooms.said(answer).count("y" * 61)) == (422, 1)
    assert f'id="change_{fair.pk}_name"' in rooms.said(answer)


def test_a_value_comes_off_the_list_unless_something_grew_from_it(values, fair, console, workshop):
    priority = Priority.objects.create(workshop=workshop, title="See every wait")
    priority.values.add(fair)
    answer = act(console, values, "drop", value=fair.pk)
    assert (answer.status_code, Value.objects.count()) == (409, 1)
    assert "A priority or a plan names “Fair”. Reword it instead." in rooms.said(answer)
    priority.values.clear()
    Plan.begin(priority).values.add(fair)
    assert act(console, values, "drop", value=fair.pk).status_code == 409
    Plan.objects.get().values.clear()
    assert (act(console, values, "drop", value=fair.pk).status_code, Value.objects.count()) == (200, 0)


def test_the_room_agrees_lines_aloud(values, fair, console):
    act(console, values, "behave", value=fair.pk, sort="will_not", text="Say that is not our patient")
    act(console, values, "behave", value=fair.pk, sort="will", text="Pick up the phone")
    act(console, values, "behave", value=fair.pk, sort="notice", text="Offers on ordinary days")
    fair.refresh_from_db()
    assert agreed(fair) == [(True, "Pick up the phone"), (False, "Say that is not our patient")]
    assert fair.how_we_will_notice == "Offers on ordinary days"
    act(console, values, "strike_out", behaviour=fair.behaviours.last().pk)
    assert agreed(fair) == [(True, "Pick up the phone")]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": " "}, "There are no words here yet. Write something, then send it."),
        ({"text": "x" * 241}, "This is too long: at most 240 characters, and this has 241."),
        ({"value": ""}, "Choose a value first."),
        ({"value": "999999"}, "This value is not on the list any more."),
        ({"value": rooms.NEVER}, "This value is not on the list any more."),
        ({"sort": "perhaps"}, "perhaps is not one of the available choices."),
    ],
)
def test_a_line_that_is_wrong_is_explained_on_phone_and_desk_and_kept(values, fair, ben, console, sent, words):
    for client, action in ((phone_of(ben), "line"), (console, "behave")):
        answer = act(client, values, action, **{"value": fair.pk, "sort": "will", "text": "Ring first", **sent})
        assert (answer.status_code, values.cards.count(), fair.behaviours.count()) == (422, 0, 0)
        assert words in rooms.said(answer)
        if action == "line":
            assert rooms.field_error(answer, words)
            assert {"text": "Ring first", **sent}["text"].strip() in rooms.said(answer)


def test_a_line_from_a_table_is_the_tables(values, fair, ben, chi):
    answer = line(ben, values, fair, "Pick up the phone")
    card = values.cards.get()
    assert (answer.status_code, card.participant, card.table.label, card.entered_by) == (200, None, "T1", ben)
    assert kind_of(values).contributions(values) == {}
    assert kind_of(values).voices(values) == {ben.pk, chi.pk}
    assert "From your table" in rooms.mine(chi)


def test_what_the_room_takes_up_keeps_its_thread_and_leaves_the_proposals(values, fair, ben, console):
    line(ben, values, fair, "Say that is not our patient", "will_not")
    card = values.cards.get()
    assert "The room agrees" in rooms.shown(values, "console")
    assert act(console, values, "take_up", card=card.pk).status_code == 200
    behaviour = Behaviour.objects.get()
    assert (behaviour.text, behaviour.will, behaviour.card) == ("Say that is not our patient", False, card)
    assert "The room agrees" not in rooms.shown(values, "console")
    assert act(console, values, "take_up", card=card.pk).status_code == 409
    assert Behaviour.objects.count() == 1


def test_how_we_will_notice_is_taken_up_too(values, fair, ben, console):
    line(ben, values, fair, "Offers on ordinary days", "notice")
    act(console, values, "take_up", card=values.cards.get().pk)
    fair.refresh_from_db()
    assert (fair.how_we_will_notice, fair.behaviours.count()) == ("Offers on ordinary days", 0)
    assert "The room agrees" not in rooms.shown(values, "console")


def test_a_line_is_taken_back_by_its_own_table_alone(values, fair, ben, chi, dee):
    seat(values.seating, "T2", dee)
    line(ben, values, fair)
    card = values.cards.get()
    answer = act(phone_of(dee), values, "take_back", card=card.pk)
    assert (answer.status_code, "This card is not yours" in rooms.said(answer)) == (422, True)
    assert act(phone_of(chi), values, "take_back", card=card.pk).status_code == 200
    assert Card.objects.get().state == Card.WITHDRAWN


def test_each_table_begins_with_a_value_of_its_own(values, console, ben, dee):
    seat(values.seating, "T2", dee)
    for name in ("Fair", "Open"):
        act(console, values, "agree", name=name)
    for person, name in ((ben, "Fair"), (dee, "Open")):
        assert f'<option value="{Value.objects.get(name=name).pk}" selected>{name}</option>' in rooms.mine(person)


def test_a_line_is_looked_at_like_a_friend_would(values, fair, ben):
    line(ben, values, fair, "be respectful")
    assert "A camera could not see “be respectful”." in rooms.mine(ben)


def test_only_the_facilitator_writes_values_down(values, fair, ben):
    for action in ("agree", "change", "drop", "behave", "take_up", "strike_out", "explain"):
        assert act(phone_of(ben), values, action, name="Mine", value=fair.pk).status_code == 404


def test_a_value_of_another_workshop_is_not_there(values, network, console, ben):
    workshop_with(1, "values", network)
    theirs = Value.objects.get()
    for client, action in ((console, "change"), (console, "drop"), (console, "behave"), (phone_of(ben), "line")):
        answer = act(client, values, action, value=theirs.pk, name="Mine", text="Mine", sort="will")
        assert (answer.status_code, "This value is not on the list any more." in rooms.said(answer)) == (422, True)
    answer = act(console, values, "strike_out", behaviour=theirs.behaviours.get().pk)
    assert (answer.status_code, theirs.behaviours.count()) == (422, 1)


def test_late_within_the_grace_is_flagged_and_after_it_is_refused_with_the_words(values, fair, ben):
    values = rooms.closed_for(close(values), 14)
    assert line(ben, values, fair).status_code == 200
    assert values.cards.get().late is True
    answer = line(ben, rooms.closed_for(values, 16), fair, "LATECANARY")
    assert (answer.status_code, "LATECANARY" in rooms.said(answer), values.cards.count()) == (409, True, 1)


def test_values_are_written_down_after_closing_too_and_reopening_loses_nothing(values, fair, ben, console):
    line(ben, values, fair)
    values = rooms.after_grace(values)
    assert act(console, values, "behave", value=fair.pk, sort="will", text="Ring").status_code == 200
    values = open_(values)
    assert (agreed(fair), values.cards.standing().count()) == ([(True, "Ring")], 1)


def test_proposals_reach_the_table_and_the_console_and_only_what_is_agreed_everybody(values, fair, ben, dee, console):
    line(ben, values, fair, "PROPOSECANARY")
    values = close(values)
    assert "PROPOSECANARY" not in rooms.pushed(values) + rooms.printed(values) + rooms.mine(dee)
    assert "PROPOSECANARY" in rooms.shown(values, "console")
    act(console, values, "take_up", card=values.cards.get().pk)
    assert "PROPOSECANARY" in rooms.shown(values, "phone")


def test_held_words_cannot_be_taken_up(values, fair, ben, console):
    line(ben, values, fair, "Ring 943 476 5919")
    card = values.cards.get()
    assert card.state == Card.HELD
    answer = act(console, values, "take_up", card=card.pk)
    assert (answer.status_code, "This line is not here any more." in rooms.said(answer)) == (422, True)
    assert "waiting for the facilitator’s look" in rooms.mine(ben)


def test_the_screen_never_has_more_than_a_room_can_read(values, console):
    for name in ("Fair", "Open", "Kind", "Curious", "One team"):
        act(console, values, "agree", name=name, statement="Same care, whichever postcode you happen to live in")
    assert rooms.words_on_screen(values) <= 30
    assert "One team" in rooms.shown(values, "screen")


def test_the_note_on_how_the_room_decided_reaches_the_paper(values, fair, console):
    act(console, values, "explain", note="Patients moved into the purpose")
    assert "Patients moved into the purpose" in rooms.desk(console, values)
    assert "Patients moved into the purpose" in rooms.printed(values)
    answer = act(console, values, "explain", note="n" * 601)
    assert (answer.status_code, "n" * 601 in rooms.said(answer)) == (422, True)


def test_values_become_moves_and_rows(workshop, values, console):
    values.draws_on.themes.create(name="One team", ref="vc1")
    row = {
        "id": "val1",
        "name": "One team",
        "statement": "We act as one.",
        "cluster": "vc1",
        "we_will": ["Ring first"],
        "we_will_not": ["Say that is not our patient"],
        "how_we_will_notice": "Offers on ordinary days",
    }
    day = {"values_final": [row], "values_decision_note": "By consent"}
    given = {"name": "One team", "statement": "We act as one.", "notice": "Offers on ordinary days"}
    assert list(kind_of(values).script(values, day)) == [
        Move("facilitator", "agree", {**given, "theme": Ref("vc1")}, ref="val1"),
        Move("facilitator", "behave", {"value": Ref("val1"), "sort": "will", "text": "Ring first"}),
        Move(
            "facilitator", "behave", {"value": Ref("val1"), "sort": "will_not", "text": "Say that is not our patient"}
        ),
        Move("facilitator", "explain", {"note": "By consent"}),
    ]
    act(console, values, "agree", theme=values.draws_on.themes.get().pk, **given)
    value = Value.objects.get()
    Value.objects.update(ref="val1")
    act(console, values, "behave", value=value.pk, sort="will", text="Ring first")
    act(console, values, "behave", value=value.pk, sort="will_not", text="Say that is not our patient")
    act(console, values, "explain", note="By consent")
    values = rooms.fresh(values)
    assert kind_of(values).record(values) == day


def test_odd_input_never_breaks_it(network, ada):
    this, person = workshop_with(3, "values", network)
    assert rooms.breaks(this, person, ada) == set()
