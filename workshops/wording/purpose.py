"""A purpose in plain words (`domain.md` 3.11)."""

import re

from django.utils.translation import gettext as _

from workshops.wording.checks import LISTS, Check, quoted, sentences, words

DRAFT_WORDS, MERGED_WORDS, SHORT_WORDS = 35, 60, 20
MOST_SENTENCES, LONGEST_AVERAGE = 3, 30

SERVES = re.compile(
    r"\b(?:you|your|yours|patients?|people|persons?|carers?|famil(?:y|ies)|communit(?:y|ies)|everyone|everybody|nobody"
    r"|no one)\b",
    re.IGNORECASE,
)
SO_THAT = re.compile(r"\bso\b", re.IGNORECASE)
ACRONYM = re.compile(r"\b(?!NHS\b|UK\b)[A-Z]{2,}s?\b")
JARGON = re.compile(
    r"\b(?:collaborat\w+|stakeholders?|leverag\w+|holistic\w*|robust\w*|deliver(?:s|ed|ing|y|ables?)?|optimis\w+"
    r"|world[- ]class|innovativ\w+|seamless\w*|transformation\w*|going forward|key|facilitat\w+|utilis\w+"
    r"|high[- ]quality|best[- ]in[- ]class)\b",
    re.IGNORECASE,
)
IRREGULAR = (
    "given|made|done|seen|known|taken|held|kept|built|brought|found|led|left|lost|met|paid|put|run|said|sent|shown|told"
    "|taught|thought|understood|written|chosen|driven|drawn|spoken|heard|felt|bought|caught|set|cut|won|grown|shaped"
)
PASSIVE = re.compile(
    rf"\b(?:am|is|are|was|were|be|been|being)(?: (?:not|never|always|also|well|fully))? (?:\w+ed|{IRREGULAR})\b",
    re.IGNORECASE,
)
ADJECTIVES = LISTS["adjectives"]
ADJECTIVE_ENDING = re.compile(r"(?:able|ible|ive|ful|less|ous|-(?:based|led|centred|driven|focused|quality|class))$")
NOT_ADJECTIVES = LISTS["not_adjectives"]
JOINS = re.compile(r"^(?:,? and |, | )$")


def purpose(text: str, *, merged: bool = False) -> list[Check]:
    """The automatic checks of a purpose, all of them in order. merged: the version woven from several drafts."""
    found, parts = words(text), sentences(text)
    limit = MERGED_WORDS if merged else DRAFT_WORDS
    jargon, acronyms, passive = JARGON.findall(text), ACRONYM.findall(text), PASSIVE.findall(text)
    stacked = stacked_adjectives(text)
    return [
        Check.of("words", len(found) <= limit, _too_long(len(found), limit)),
        Check.of("sentences", len(parts) <= MOST_SENTENCES, _("More than three sentences.")),
        Check.of(
            "sentence_length",
            len(found) <= LONGEST_AVERAGE * max(len(parts), 1),
            _("The sentences are long: more than 30 words on average."),
        ),
        Check.of("serves", bool(SERVES.search(text)), _("Whom does it serve? Name patients, people, carers or “you”.")),
        Check.of("so_that", bool(SO_THAT.search(text)), _("It does not say “so that”: what becomes true?")),
        Check.of(
            "stacked_adjectives",
            not stacked,
            _("Many describing words in a row: %(words)s. Which one matters?") % {"words": quoted(stacked)},
        ),
        Check.of("acronyms", not acronyms, _("Write in full: %(words)s.") % {"words": quoted(acronyms)}),
        Check.of(
            "jargon",
            not jargon,
            _("Would you say this to a patient? %(words)s") % {"words": quoted(jargon)},
        ),
        Check.of("passive", not passive, _("Who does it? %(words)s") % {"words": quoted(passive)}),
    ]


def short_form(text: str) -> Check:
    """Whether the short form of a merged purpose has at most twenty words."""
    count = len(words(text))
    return Check.of("words", count <= SHORT_WORDS, _too_long(count, SHORT_WORDS))


def stacked_adjectives(text: str) -> list[str]:
    """The first run of three or more describing words, with commas or "and" between them; empty if there is none."""
    run: list[re.Match[str]] = []
    for word in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        touches = not run or JOINS.match(text[run[-1].end() : word.start()])
        if word.group().lower() == "and":
            continue
        if _is_adjective(word.group()) and touches:
            run.append(word)
            continue
        if len(run) >= 3:
            break
        run = [word] if _is_adjective(word.group()) else []
    return [word.group() for word in run] if len(run) >= 3 else []


def _is_adjective(word: str) -> bool:
    small = word.lower()
    return small in ADJECTIVES or bool(small not in NOT_ADJECTIVES and ADJECTIVE_ENDING.search(small))


def _too_long(count: int, limit: int) -> str:
    return _("%(count)s words; aim for %(limit)s or fewer.") % {"count": count, "limit": limit}
