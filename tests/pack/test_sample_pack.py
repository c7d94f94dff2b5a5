"""The sample day, printed and read back."""

import re
from itertools import pairwise

import pytest

# The pack is printed once a session; without this mark no test here would ask for a database.
pytestmark = pytest.mark.django_db

CHAPTERS = [
    "Our plan on a page",
    "What this is, and how to use it",
    "Who was in the room",
    "Why we are here",
    "Stories",
    "Our purpose",
    "Our values and behaviours",
    "From a long list to priorities",
    "The whole list",
    "What our priorities answer to",
    "See every wait",
    "SABR within reach of everyone",
    "One team that can move",
    "Grow them here, keep them here",
    "Nobody falls off the end",
    "Our commitments",
    "How all voices contributed",
    "What happens next",
    "Appendix: the evidence",
]
ONE_PAGE = {*CHAPTERS} - {"Stories", "Our values and behaviours", "What our priorities answer to", CHAPTERS[-1]}


def starts(sample):
    """chapter -> its first page, for chapters alone."""
    return {title: page for title, depth, page in sample.printed.bookmarks if depth == 0}


def test_the_chapters_are_there_in_order(sample):
    titles = [title for title, depth, _page in sample.printed.bookmarks if depth == 0]
    assert titles == [sample.title, *CHAPTERS]


def test_each_bookmark_leads_to_the_page_that_bears_its_title(sample):
    wrong = [
        (title, page)
        for title, _depth, page in sample.printed.bookmarks
        if title.replace(" ", "") not in sample.printed.pages[page - 1].replace(" ", "")
    ]
    assert wrong == []


def test_the_list_of_contents_gives_the_page_of_each_chapter(sample):
    first = starts(sample)
    listed = sample.printed.pages[first["What this is, and how to use it"] - 1]
    for title in CHAPTERS:
        if title != "What this is, and how to use it":
            entry = rf"{re.escape(title)} {first[title]}\b"
            assert re.search(entry, listed), entry


def test_an_idea_has_one_page(sample):
    first = list(starts(sample).items())
    lengths = {title: after - page for (title, page), (_next, after) in pairwise(first)}
    assert {title: pages for title, pages in lengths.items() if title in ONE_PAGE and pages != 1} == {}


def test_the_main_part_has_about_twenty_pages(sample):
    assert 18 <= starts(sample)["Appendix: the evidence"] - 1 <= 24


def test_no_page_is_nearly_empty(sample):
    assert [
        number for number, page in enumerate(sample.printed.pages, 1) if len(page.split()) < 60 and number > 1
    ] == []


def test_every_page_but_the_cover_says_where_it_is_from(sample):
    pages = sample.printed.pages
    for number, page in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in page
        assert f"{sample.network} · 24 September 2026 · draft of version" in page


def test_the_cover_drops_nothing_of_the_title(sample):
    assert sample.title in sample.printed.pages[0]


def test_nothing_stands_outside_a_page(sample):
    assert sample.printed.outside == []


def test_it_is_pdf_ua(sample):
    assert sample.printed.faults == []


def test_the_fonts_are_ours_and_embedded(sample):
    names = {name.partition("+")[2].partition("-")[0] for name in sample.printed.fonts}
    assert names == {"Atkinson", "Fraunces"}
    assert set(sample.printed.fonts.values()) == {True}


def test_it_says_what_it_is(sample):
    catalog = sample.printed.reader.trailer["/Root"]
    assert sample.printed.reader.metadata.title == f"{sample.title}: outputs pack"
    assert sample.printed.reader.metadata.author == sample.network
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert catalog["/MarkInfo"]["/Marked"]


def test_it_is_a_draft_on_every_page_until_the_day_is_locked(sample, final):
    assert [number for number, page in enumerate(sample.printed.pages, 1) if "draft" not in page.lower()] == []
    marked = [page.startswith("Draft ") or "draft of version" in page for page in final.pages]
    assert marked == [False] * len(final.pages)


def test_no_name_stands_near_a_story(sample):
    first, pages = starts(sample), sample.printed.pages
    told = (
        pages[first["Stories"] - 1 : first["Our purpose"] - 1]
        + pages[first["Why we are here"] - 1 : first["Stories"] - 1]
    )
    evidence = sample.printed.page_of("Stage 1. Story circles"), sample.printed.page_of("Our themes")
    told += pages[evidence[0] - 1 : evidence[1]]
    assert [name for name in sample.names if any(name in page for page in told)] == []


def test_leads_are_named_on_their_plans(sample):
    first = starts(sample)
    for priority, lead in zip(sample.priorities, sample.leads, strict=True):
        assert lead in sample.printed.pages[first[priority] - 1]


def test_access_needs_are_never_printed(sample):
    assert len(sample.needs) == 6
    assert [need for need in sample.needs if need in sample.printed.text] == []


def test_a_body_of_fewer_than_five_has_no_number(sample):
    page = sample.printed.pages[starts(sample)["Who was in the room"] - 1]
    assert len(sample.small_bodies) == 5
    together = sum(count for _name, count in sample.small_bodies)
    row = f"{', '.join(sorted(name for name, _count in sample.small_bodies))} {together} together"
    assert row in page


def test_a_quotation_says_whose_role_it_came_from(sample):
    page = sample.printed.pages[starts(sample)["See every wait"] - 1]
    assert "“We argued about performance for a year" in page
    assert "From a story: Data and analytics lead" in page
    assert "(story" not in sample.printed.text


def test_the_purpose_shows_where_the_room_stood_on_both_versions(sample):
    page = sample.printed.pages[starts(sample)["Our purpose"] - 1]
    assert "35 of 36 people can support it or live with it" in page
    assert "Level Version 1 Version 2" in page
    assert "1. Full support, I would champion it 8 17" in page


def test_breaks_have_no_section_in_the_appendix(sample):
    sections = [title for title, depth, _page in sample.printed.bookmarks if depth == 1]
    assert "Private vote" in sections
    assert [title for title in ("Break", "Lunch", "Welcome and how we will work") if title in sections] == []
