"""The run sheets that come with the house."""

import pytest

from workshops.days import templates
from workshops.stages import BY_SLUG


def test_six_run_sheets_come_with_the_house():
    assert len(templates()) == 6


@pytest.mark.parametrize("template", templates())
def test_a_run_sheet_names_stages_that_exist(template):
    assert {one["stage"] for one in templates()[template]["activities"]} <= set(BY_SLUG)


def test_the_four_stage_day_is_laid_out_in_order_with_what_each_activity_draws_on(workshop):
    from tests.factories import activity

    assert workshop.activities.count() == 27
    assert [one.position for one in workshop.activities.all()] == list(range(1, 28))
    assert activity(workshop, "s2c").draws_on == activity(workshop, "s2b")
    assert activity(workshop, "s1a").seating.number == 1
