"""Packs of days that a designer does not think of: words that must not leave the room, and whatever people type."""

import pytest

pytestmark = pytest.mark.django_db


def test_nothing_that_was_held_hidden_withdrawn_or_told_in_confidence_is_printed(final):
    assert [number for number, page in enumerate(final.pages, 1) if "SECRET" in page.upper()] == []


def test_hidden_words_stand_nowhere_in_the_file_either(final):
    whole = "".join(str(final.reader.metadata)) + "".join(title for title, _depth, _page in final.bookmarks)
    assert "SECRET" not in whole


def test_whatever_people_type_stays_on_its_page(hostile):
    assert hostile.outside == []


def test_whatever_people_type_leaves_a_valid_pdf_ua(hostile):
    assert hostile.faults == []


def test_what_was_typed_as_markup_is_printed_as_words(hostile):
    assert "<script>" in hostile.text
