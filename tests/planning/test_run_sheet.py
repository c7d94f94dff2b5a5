"""The run sheet: order, times, and what may come off it."""

from datetime import time

from django.urls import reverse

from tests.factories import act, activity, make_workshop, open_, phone_of
from workshops.models import Workshop
from workshops.timetable import timetable


def press(console, one, verb):
    return console.post(reverse("run-sheet-change", args=[one.workshop.code, one.pk, verb]), follow=True)


def set_up(console, one, **more):
    """Sends the form of one activity as it stands, with `more` changed."""
    page = console.get(reverse("run-sheet-activity", args=[one.workshop.code, one.pk]))
    given = {}
    for form in (page.context["form"], page.context["settings"]):
        given |= {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    given["say"] = "\n".join(one.say)
    return console.post(reverse("run-sheet-activity", args=[one.workshop.code, one.pk]), {**given, **more})


def test_a_new_workshop_is_laid_out_and_opens_at_its_run_sheet(console, network):
    answer = console.post(
        reverse("workshop-new"),
        {
            "network": network.pk,
            "template": "review_and_reset",
            "title": "Six months on",
            "date": "2027-03-24",
            "starts_at": "14:00",
        },
    )
    workshop = Workshop.objects.get(title="Six months on")
    assert answer.url == reverse("run-sheet", args=[workshop.code])
    assert workshop.template == "review_and_reset"
    assert timetable(workshop).begins == time(14, 0)
    assert timetable(workshop).ends == time(17, 30)


def test_a_workshop_can_begin_a_network(console, ada):
    console.post(
        reverse("workshop-new"),
        {
            "network": "new",
            "network_name": "Wold Network",
            "template": "empty",
            "title": "First",
            "date": "2027-01-11",
            "starts_at": "10:00",
        },
    )
    workshop = Workshop.objects.get(title="First")
    assert workshop.network.name == "Wold Network"
    assert [member.user for member in workshop.network.memberships.all()] == [ada]
    assert workshop.network.drivers.count() == 21
    assert workshop.activities.count() == 0


def test_the_four_stage_day_runs_from_half_past_eight_to_half_past_four(workshop):
    sheet = timetable(workshop)
    assert (sheet.begins, sheet.ends, sheet.minutes, sheet.shortest) == (time(8, 30), time(16, 30), 480, 329)
    assert [line.starts for line in sheet.lines] == [line.activity.planned_at for line in sheet.lines]


def test_moving_an_activity_up_changes_places_and_times(console, workshop):
    second = activity(workshop, "a03")
    press(console, second, "up")
    assert [one.ref for one in workshop.activities.all()[:2]] == ["a03_welcome", "a01_arrival"]
    assert activity(workshop, "a03").planned_at == time(8, 30)
    assert activity(workshop, "a01").planned_at == time(8, 45)


def test_a_skipped_activity_takes_no_time_and_can_be_kept_again(console, workshop):
    press(console, activity(workshop, "a05"), "skip")
    assert activity(workshop, "s1a").planned_at == time(9, 42)
    assert timetable(workshop).ends == time(16, 12)
    press(console, activity(workshop, "a05"), "keep")
    assert timetable(workshop).ends == time(16, 30)


def test_what_was_changed_in_an_activity_is_kept(console, workshop):
    stories = activity(workshop, "s1a")
    answer = set_up(console, stories, title="Our stories", minutes=30, say="Two minutes alone.\n\nThen go round.")
    stories = activity(workshop, "s1a")
    assert answer.url == reverse("run-sheet", args=[workshop.code])
    assert (stories.title, stories.say) == ("Our stories", ["Two minutes alone.", "Then go round."])
    assert activity(workshop, "s1b").planned_at == time(10, 30)
    assert stories.settings["voice"] == "story"


def test_shortest_cannot_be_longer_than_the_minutes(console, workshop):
    answer = set_up(console, activity(workshop, "s1a"), minutes=10, shortest=20)
    assert answer.status_code == 422
    assert activity(workshop, "s1a").minutes == 36


def test_an_activity_may_only_draw_on_an_earlier_one(console, workshop):
    answer = set_up(console, activity(workshop, "s1c"), draws_on=activity(workshop, "s2a").pk)
    assert answer.status_code == 422


def test_an_activity_of_any_kind_can_be_added(console, workshop):
    answer = console.post(
        reverse("run-sheet-add", args=[workshop.code]), {"kind": "brief", "after": activity(workshop, "a03").pk}
    )
    made = workshop.activities.get(ref="")
    assert answer.url == reverse("run-sheet-activity", args=[workshop.code, made.pk])
    assert (made.position, made.stage) == (3, "arrive")
    assert activity(workshop, "a04").position == 4


def test_the_first_activity_of_an_empty_run_sheet_begins_when_the_workshop_does(console, network):
    empty = make_workshop(network, template="", starts_at=time(13, 15))
    console.post(reverse("run-sheet-add", args=[empty.code]), {"kind": "brief", "after": ""})
    assert empty.activities.get().planned_at == time(13, 15)


def test_an_unused_activity_comes_off_and_the_rest_closes_up(console, workshop):
    press(console, activity(workshop, "a01"), "remove")
    assert workshop.activities.count() == 26
    assert activity(workshop, "a03").planned_at == time(8, 30)
    assert activity(workshop, "a03").position == 1


def test_an_activity_with_words_in_it_stays(console, workshop, ben):
    stories = open_(activity(workshop, "s1b"))
    act(phone_of(ben), stories, "send", text="We waited")
    page = press(console, stories, "remove")
    assert "has been used" in page.content.decode()
    assert workshop.activities.filter(pk=stories.pk).exists()


def test_an_activity_on_which_another_draws_stays(console, workshop):
    page = press(console, activity(workshop, "s2b"), "remove")
    assert "Change or remove that one first" in page.content.decode()


def test_a_new_start_moves_the_whole_day(console, workshop):
    console.post(
        reverse("workshop-about", args=[workshop.code]),
        {"title": workshop.title, "date": "2026-09-24", "starts_at": "09:00", "data_controller": "Larkham"},
    )
    workshop.refresh_from_db()
    assert activity(workshop, "a01").planned_at == time(9, 0)
    assert timetable(workshop).ends == time(17, 0)
    assert workshop.data_controller == "Larkham"


def test_arrival_before_the_start_moves_with_it(console, network):
    workshop = make_workshop(network, starts_at=time(9, 15))
    given = {"title": workshop.title, "date": "2026-09-24", "starts_at": "09:45"}
    console.post(reverse("workshop-about", args=[workshop.code]), given)
    assert activity(workshop, "a01").planned_at == time(9, 0)


def test_every_change_of_the_run_sheet_is_a_new_version(console, workshop):
    press(console, activity(workshop, "a05"), "skip")
    workshop.refresh_from_db()
    assert workshop.version == 1
    assert [(row.seq, row.verb) for row in workshop.journal.all()] == [(1, "activity.skip")]


def test_a_locked_workshop_keeps_its_run_sheet(console, workshop):
    workshop.lock()
    page = press(console, activity(workshop, "a05"), "skip")
    assert "This workshop is locked" in page.content.decode()
    assert activity(workshop, "a05").skipped is False
