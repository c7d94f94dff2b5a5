"""The privacy check, against the synthetic cases of `domain.md` 5.2 and the numbers of 5.3."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from workshops.privacy import Flag, look, redact, strongest
from workshops.privacy.numbers import is_nhs_number, nhs_check_digit

TODAY = date(2026, 9, 24)
CASES = yaml.safe_load((Path(__file__).parents[1] / "data" / "sample_pii_cases.yaml").read_text(encoding="utf-8"))[
    "cases"
]
LEVELS = {"block_display": "hold", "warn": "warn", "none": None}


@pytest.fixture(scope="module")
def people(sample):
    return [person["name"] for person in sample["participants"]]


def kinds(text, people=()):
    return [flag.kind for flag in look(text, people=people, today=TODAY)]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_each_case_is_flagged_as_its_file_says_whether_or_not_the_people_are_known(case, people):
    for known in (people, ()):
        flags = look(case["text"], people=known, today=TODAY)
        assert sorted({flag.kind for flag in flags}) == sorted(case["expect"])
        assert strongest(flags) == LEVELS[case["level"]]


def test_nothing_in_the_sample_stories_is_held_or_questioned(sample, people):
    for story in sample["stories"]:
        assert look(story["text"], people=people, today=TODAY) == []


def test_no_value_theme_or_commitment_of_the_sample_day_is_flagged(sample, people):
    texts = [idea["text"] for idea in sample["value_ideas"]]
    texts += [f"{theme['title']}. {theme['description']}" for theme in sample["priority_themes"]]
    texts += [commitment["text"] for commitment in sample["commitments"]]
    assert {text: kinds(text, people) for text in texts if kinds(text, people)} == {}


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("943 476 5919", True), ("943 476 5918", False), ("401 023 2137", True), ("999 000 0018", True),
        ("999 000 1383", True), ("999 000 2754", True), ("999 000 4129", True), ("999 000 5494", True),
        ("999 000 6865", True), ("999 000 9600", True), ("999-003-2890", True), ("9876543210", True),
        ("444 444 4444", True), ("123456789", False),
    ],
)  # fmt: skip
def test_modulus_eleven(number, valid):
    assert is_nhs_number(number) is valid


@pytest.mark.parametrize("nine", ["999000823", "999004385", "999123456", "123456789"])
def test_some_nine_digits_have_no_valid_tenth(nine):
    assert nhs_check_digit(nine) is None


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_always_pass_and_are_a_weak_match(digit):
    assert is_nhs_number(digit * 10) is True
    assert strongest(look(f"Serial {digit * 10} failed.", today=TODAY)) == "warn"


@given(st.text("0123456789", min_size=9, max_size=9))
def test_of_the_ten_possible_last_digits_at_most_one_is_valid(nine):
    valid = [last for last in "0123456789" if is_nhs_number(nine + last)]
    assert valid == ([] if nhs_check_digit(nine) is None else [str(nhs_check_digit(nine))])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NHS no. 943–476–5919 on the form", ["nhs_number"]),
        ("hosp no: 123456", ["hospital_number"]),
        ("unit number 55555", ["hospital_number"]),
        ("AB 12 34 56 C", ["national_insurance_number"]),
        ("born 14.2.51 in Leeds", ["date_of_birth"]),
        ("d.o.b. 1951-02-14", ["date_of_birth"]),
        ("date of birth: March 3rd, 1948", ["date_of_birth"]),
        ("it began on 5 July 1948", ["date_of_birth"]),
        ("the policy of 1 February 2015", []),
        ("send it to sw1a 1aa", ["postcode"]),
        ("vitamin B12 5mg", []),
        ("at 12 nowhere lane", ["address"]),
        ("12 miles down the road", []),
        ("5 places close to home", []),
        ("mrs quillfeather rang", ["person_name"]),
        ("Mr. J. Quillfeather rang", ["person_name"]),
        ("a man called Bartholomew waited", ["person_name"]),
        ("we called Larkham", []),
        ("Patient Transport was late", []),
        ("I told Margaret that it would be fine", ["person_name"]),
        ("On St George's ward", []),
        ("ring +44 7700 900456", ["phone"]),
        ("He's 95 and well", ["age_over_89"]),
        ("in her nineties", ["age_over_89"]),
        ("It is 94 miles, and they were 94% sure", []),
        ("On the ward last Tuesday", ["place_and_time"]),
        ("The clinic runs every Tuesday", []),
        ("Ward 7 is full. We meet on Tuesday.", []),
        ("A 45 year old with sarcoma", ["rare_combination"]),
        ("Last March I visited the village", ["rare_combination"]),
        ("We may march on the village", []),
        ("daughter of the vicar", ["identifiable_role"]),
        ("", []),
    ],
)
def test_what_is_flagged_and_what_is_not(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Siobhan thanked me", ["Siobhan"]),
        ("I asked Gareth Pryce-Okafor to help", ["Gareth Pryce-Okafor"]),
        ("That was Meera's idea", ["Meera"]),
        ("Mark every form, please", []),
        ("We asked Mark", ["Mark"]),
        ("In May we start", []),
    ],
)
def test_colleagues_are_known_by_name_and_words_are_not_names(people, text, named):
    flags = look(text, people=[*people, "Mark Young", "May Young"], today=TODAY)
    assert [text[flag.start : flag.end] for flag in flags if flag.kind == "staff_name"] == named


def test_a_title_holds_even_where_the_person_is_a_colleague(people):
    [flag] = look("Dr Achterberg thanked me", people=people, today=TODAY)
    assert (flag.kind, flag.action, flag.start, flag.end) == ("person_name", "hold", 0, 13)


def test_a_date_is_past_or_future_by_the_day_it_is_read():
    assert look("We began on 25 March 2027.", today=date(2026, 9, 24)) == []
    assert strongest(look("We began on 25 March 2027.", today=date(2050, 9, 24))) == "hold"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Her number was 999 000 0018.", "Her number was 99• ••• ••18."),
        ("DOB 14/02/1951", "DOB 14/••/••51"),
        ("Call 07700 900456", "Call 07••• ••••56"),
        ("She is 94 and still drives.", "She is 94 and still drives."),
        ("Mrs Elspeth Quillfeather waited 12 weeks.", "Mrs Elspeth Quillfeather waited 12 weeks."),
    ],
)
def test_a_facilitator_sees_numbers_with_their_middle_masked(text, shown):
    assert redact(text, look(text, today=TODAY)) == shown


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_can_be_looked_at(text):
    flags = look(text, people=["Ada Lovelace", "", "Dr"], today=TODAY)
    assert all(0 <= flag.start < flag.end <= len(text) for flag in flags)
    assert len(redact(text, flags)) == len(text)


@given(st.integers(0, 999999), st.sampled_from([" ", "-", ""]), st.sampled_from(["", "see ", "(", "no:"]))
def test_every_valid_number_in_the_range_for_tests_is_held(number, gap, before):
    nine = f"999{number:06}"
    last = nhs_check_digit(nine)
    if last is not None and nine != "9" * 9:
        text = f"{before}{nine[:3]}{gap}{nine[3:6]}{gap}{nine[6:]}{last}"
        assert Flag("nhs_number", "hold", len(before), len(text), "This looks like an NHS number.") in look(text)
