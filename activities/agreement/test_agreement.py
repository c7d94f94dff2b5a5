"""Agreement: private until shown, never an average, and each wording its own round."""

import pytest
from django.template.loader import render_to_string

from activities.kind import kind_of
from tests.factories import act, activity, close, join, make_activity, make_card, open_, phone_of
from workshops.models import Activity, Participant, Priority, Purpose

WORDS = "We exist so that where you live never decides how good your radiotherapy is."


@pytest.fixture
def agreement(workshop):
    return activity(workshop, "s2g")


@pytest.fixture
def put(agreement, console):
    """The purpose is in front of the room, and the phones ask where everyone stands."""
    open_(agreement)
    assert act(console, agreement, "put", text=WORDS).status_code == 200
    return fresh(agreement)


def fresh(agreement):
    return Activity.objects.select_related("workshop", "draws_on", "seating").get(pk=agreement.pk)


def stand(person, agreement, level, at=1, **more):
    return act(phone_of(person), agreement, "stand", level=level, round=at, **more)


def levels_in(agreement, at=1):
    return sorted(int(value) for value in agreement.marks.filter(criterion=str(at)).values_list("value", flat=True))


def faces(agreement):
    """What everybody is pushed, on every surface."""
    kind = kind_of(agreement)
    told = {"workshop": agreement.workshop, "activity": agreement, **kind.shared(agreement), **kind.console(agreement)}
    parts = (kind.face("phone", "shared"), kind.face("console", "shared"), kind.face("screen"))
    return [kind.line(agreement), *(render_to_string(part, told) for part in parts)]


def test_a_version_of_the_purpose_keeps_its_drafts_and_weavers_in_order(agreement, console, ben, chi):
    drafts = [make_card(agreement.draws_on, text=text) for text in ("First", "Second", "Third")]
    open_(agreement)
    sources = [drafts[2].pk, drafts[0].pk]
    act(console, agreement, "put", text=WORDS, short_form="Where you live", sources=sources, made_by=[chi.pk, ben.pk])
    purpose = Purpose.objects.get()
    row = kind_of(agreement).record(close(agreement))["purpose_versions"][0]
    assert (purpose.number, purpose.text, purpose.short_form) == (1, WORDS, "Where you live")
    assert row["sources"] == [f"c{pk}" for pk in sources]
    assert row["made_by"] == [f"p{chi.pk}", f"p{ben.pk}"]


def test_standing_somewhere_else_replaces_where_one_stood(put, ben):
    assert stand(ben, put, 6).status_code == 200
    assert stand(ben, put, 2).status_code == 200
    assert levels_in(put) == [2]


@pytest.mark.parametrize("level", ["", "0", "9", "often"])
def test_only_the_eight_levels_are_taken(put, ben, level):
    assert stand(ben, put, level).status_code == 422
    assert levels_in(put) == []


def test_until_they_are_shown_no_surface_depends_on_the_answers(put, ben, chi):
    pages = []
    for level, note in ((1, "Lovely"), (8, "It would harm people with rare cancers")):
        stand(ben, put, level, note=note)
        pages.append(faces(fresh(put)))
    assert pages[0] == pages[1]
    assert (kind_of(put).results(put), kind_of(put).record(put)) == ({}, {})


def test_showing_the_answers_tells_the_shape_and_what_would_need_to_change_but_never_whose(put, console, ben, chi, dee):
    stand(ben, put, 1)
    stand(chi, put, 3)
    stand(dee, put, 6, note="Say who it is for")
    assert act(console, put, "reveal").status_code == 200
    line, phone, desk, screen = faces(fresh(put))
    told = kind_of(put).shared(fresh(put))["round"]
    assert line == "2 of 3 at 1 to 3"
    assert [bar["people"] for bar in told["bars"]] == [1, 0, 1, 0, 0, 1, 0, 0]
    assert told["verdict"] == "Not yet good enough. Hear what would need to change."
    assert ["Say who it is for" in page for page in (phone, desk, screen)] == [False, True, False]
    assert "at least 70% at 1 to 3, at most 10% at 6 and 7, and nobody at 8 unheard" in phone
    assert all(name not in page for name in ("Ben", "Chi", "Dee") for page in (phone, desk, screen))


def test_nobody_can_change_an_answer_that_has_been_shown(put, console, ben, chi):
    stand(ben, put, 2)
    act(console, put, "reveal")
    assert stand(chi, put, 8).status_code == 409
    assert levels_in(put) == [2]


def test_a_new_version_starts_a_new_round_and_the_first_result_stays(put, console, ben, chi):
    stand(ben, put, 5)
    before = fresh(put).mine_key
    act(console, put, "put", text=WORDS + " And staff.")
    assert fresh(put).mine_key != before
    assert stand(chi, put, 1, at=1).status_code == 409
    assert stand(ben, put, 1, at=2).status_code == 200
    told = kind_of(put).shared(fresh(put))
    assert (told["round"]["number"], told["round"]["text"]) == (2, WORDS + " And staff.")
    assert [bar["people"] for bar in told["earlier"][0]["bars"]] == [0, 0, 0, 0, 1, 0, 0, 0]
    assert (levels_in(put, 1), levels_in(put, 2)) == ([5], [1])


@pytest.mark.parametrize(
    ("levels", "status"),
    [
        ([1, 2, 3, 1, 2, 3, 1, 4, 5, 6], "working version agreed on the day"),
        ([1, 2, 3, 4, 5, 6, 7], "not agreed yet: it comes back to the room"),
        ([1] * 9 + [8], "not agreed yet: it comes back to the room"),
        ([], ""),
    ],
)
def test_closing_shows_the_answers_and_settles_the_working_purpose(put, workshop, levels, status):
    for number, level in enumerate(levels):
        stand(join(workshop, f"Person {number}"), put, level)
    close(put)
    assert Purpose.objects.get().status == status
    assert kind_of(put).shared(fresh(put))["round"]["shown"] is True


def test_a_block_that_has_been_heard_holds_nothing_up(put, console, workshop):
    for number, level in enumerate([1] * 9 + [8]):
        stand(join(workshop, f"Person {number}"), put, level)
    act(console, put, "reveal")
    assert kind_of(put).shared(fresh(put))["round"]["verdict"] == "Not yet: one person is at 8. Hear why first."
    assert act(console, put, "heard").status_code == 200
    assert kind_of(put).shared(fresh(put))["round"]["verdict"] == "Good enough for now, safe enough to try."


def test_an_objection_is_kept_with_what_was_done_about_it(put, console, chi):
    act(console, put, "note_objection", text="Unsafe for rare cancers", person=chi.pk)
    objection = Purpose.objects.get().objections.get()
    assert (objection.text, objection.by, objection.resolved_by) == ("Unsafe for rare cancers", chi, "")
    assert act(console, put, "resolve", objection=objection.pk, resolved_by="“as is safe”").status_code == 200
    page = faces(fresh(put))[2]
    assert ["Unsafe for rare cancers" in page, "“as is safe”" in page, "Chi" in page] == [True, True, False]


def test_opened_again_people_may_still_answer(put, ben, chi):
    stand(ben, put, 5)
    close(put)
    open_(put)
    assert stand(chi, put, 1).status_code == 200
    assert levels_in(put) == [1, 5]


def test_an_answer_on_paper_is_entered_for_somebody(put, workshop, console, ben):
    flo = Participant.objects.create(workshop=workshop, name="Flo", organisation=ben.organisation)
    assert act(console, put, "paper_stand", person=flo.pk, level=3, round=1).status_code == 200
    stand(ben, put, 2)
    assert act(console, put, "paper_stand", person=ben.pk, level=3, round=1).status_code == 422
    assert levels_in(put) == [2, 3]


def test_before_a_wording_is_put_the_phones_wait_for_it(agreement, workshop, ben):
    open_(agreement)
    assert "The wording will appear here" in phone_of(ben).get(f"/w/{workshop.code}/mine/").content.decode()
    assert stand(ben, agreement, 1, at=0).status_code == 422
    assert stand(ben, agreement, 1, at=1).status_code == 409


def test_the_set_of_priorities_is_put_to_the_room_as_it_stands(workshop, ben):
    Priority.objects.create(workshop=workshop, title="See every wait")
    Priority.objects.create(workshop=workshop, title="Later", decision=Priority.HELD)
    agreement = open_(
        make_activity(workshop, "agreement", title="Is this the set?", settings={"subject": "priorities"})
    )
    page = faces(agreement)[1]
    assert ("See every wait" in page, "Later" in page) == (True, False)
    assert stand(ben, agreement, 1).status_code == 200


def test_a_wording_of_ones_own_has_the_everyday_rule_and_its_own_objections(workshop, console, ben):
    settings = {"subject": "text", "text": "We meet every month."}
    agreement = open_(make_activity(workshop, "agreement", title="How often", settings=settings))
    stand(ben, agreement, 4)
    act(console, agreement, "note_objection", text="Too often for the coast")
    agreement = close(agreement)
    told = kind_of(agreement).shared(agreement)
    assert (told["round"]["text"], told["round"]["good"]) == ("We meet every month.", True)
    assert told["rule"] == "Good enough means: at least 70% at 1 to 4."
    assert "Too often for the coast" in faces(agreement)[2]
    assert Purpose.objects.count() == 0
