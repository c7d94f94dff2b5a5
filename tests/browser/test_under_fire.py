"""Forty keys under fire: no letter, no caret and no focus is lost to what everybody else does meanwhile.

The full form, fifty runs under two hundred updates each: python -m tests.browser.under_fire --runs 50
"""

import pytest

from tests.browser.fingers import FIELDS
from tests.browser.under_fire import PAGES, facilitator, lay_out, run

AS_IT_WAS: list[str] = []


@pytest.mark.parametrize("number", range(len(PAGES)), ids=[page.kind for page in PAGES])
def test_what_a_hand_is_writing_stays_as_it_is_under_updates_a_closing_and_three_lost_sockets(day, number):
    page = PAGES[number]
    today = lay_out(day, pages=[page])
    assert run(today, facilitator(today), page, updates=40) == dict.fromkeys(page.fields, AS_IT_WAS)


def test_every_kind_of_field_is_under_fire():
    assert sorted(field for page in PAGES for field in page.fields) == sorted(FIELDS)
