"""The few words that the browser says by itself can be translated like all the others."""

import re
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

SCRIPT = (Path(__file__).resolve().parent.parent / "static/js/words.js").read_text()
ENGLISH = dict(re.findall(r'^  (\w+): "(.*)",$', SCRIPT, re.MULTILINE))


def words_on_the_page() -> dict[str, str]:
    html = render_to_string("pieces/words.html")
    return dict(re.findall(r'<i data-word="(\w+)">(.*)</i>', html))


def test_every_word_of_the_scripts_is_on_a_page_in_another_language():
    with translation.override("cy"):
        assert words_on_the_page() == ENGLISH


def test_an_english_page_does_not_carry_them_twice():
    with translation.override("en-gb"):
        assert words_on_the_page() == {}
