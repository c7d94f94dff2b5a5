"""Pulse: the same few statements on arrival and at the end, to see what the day has moved (`domain.md` 3.17)."""

from django.utils.translation import gettext_lazy as _

from activities import levels
from activities.filed import Filed, channel_in, filed_move, vote_called
from activities.kind import FACILITATOR, Kind, Move
from activities.pulse.actions import Answer, FiledPulse, NoteWords, PaperAnswer, Settings, as_json
from activities.pulse.count import count, expected, given_in, told, words
from activities.pulse.questions import CHECK_IN, filed_questions, questions, settle_questions, vote_on_plan, when
from activities.votes import by_channel, ref_of, turnout

ONE_WORD = {"check_in": "one_word_in", "check_out": "one_word_out"}
SENTENCES = {"best": "best_thing", "better": "better_next_time"}


class Pulse(Kind):
    name = _("Pulse")
    purpose = _("Ask the same few statements on arrival and at the end, and see what the day has moved.")
    minutes = 8
    votes = True
    Settings = Settings
    actions = {
        "answer": Answer,
        "paper_answer": PaperAnswer,
        "note_words": NoteWords,
        "filed": Filed,
        "filed_pulse": FiledPulse,
    }

    def open(self, activity):
        super().open(activity)
        settle_questions(activity)

    def close(self, activity):
        super().close(activity)
        activity.note("result", count(activity))

    def shared(self, activity):
        if not activity.is_closed:
            return {"result": {}, **turnout(activity, None)}
        return {"result": told(activity), "arriving": when(activity) == CHECK_IN, **words(activity)}

    def console(self, activity):
        vote = vote_on_plan(activity) if activity.is_closed else ""
        return {
            "channels": by_channel(activity, None),
            "questions": questions(activity),
            "needs": levels.changes_asked(activity, vote, least=0, most=2) if vote else [],
        }

    def pack(self, activity):
        vote = vote_on_plan(activity)
        needs = levels.changes_asked(activity, vote, least=0, most=2) if vote and activity.is_closed else []
        return {"result": told(activity), "arriving": when(activity) == CHECK_IN, "needs": needs, **words(activity)}

    def line(self, activity):
        result = activity.notes.get("result")
        facts = result if result and activity.is_closed else turnout(activity, None)
        return _("%(voted)d of %(eligible)d answered") % facts

    def contributions(self, activity):
        return {}  # words of nobody belong to nobody

    def results(self, activity):
        return expected(activity)

    def script(self, activity, day):
        pulse, name = day.get(activity.block) if activity.block else None, vote_on_plan(activity)
        vote = vote_called(day, name) if name else {}
        if not pulse and not vote:
            return
        pulse = pulse or {"questions": []}
        asked = [one["id"] for one in pulse["questions"] if when(activity) in one["when"]]
        if asked:
            kept = {part: pulse[part] for part in ("scale", "questions") if part in pulse}
            yield Move(FACILITATOR, "filed_pulse", {"pulse": as_json(kept)})
        if vote:
            yield filed_move(vote)
        answers, ballots = pulse.get(when(activity), {}), vote.get("ballots", {})
        for person in dict.fromkeys([*answers, *ballots]):
            level = {"level": ballots[person]} if person in ballots else {}
            numbers = dict(zip(asked, answers.get(person, []), strict=False))
            yield Move(person, "answer", {**numbers, **level, **channel_in(vote, person)})
        for sort, block in {"word": ONE_WORD[when(activity)], **SENTENCES}.items():
            if sort == "word" or when(activity) != CHECK_IN:
                for text in pulse.get(block, []):
                    yield Move(FACILITATOR, "note_words", {sort: text})

    def record(self, activity):
        if not activity.block or not activity.is_closed:
            return {}  # while it is open, nobody takes answers out
        given, people = given_in(activity), activity.workshop.participants.in_bulk()
        asked = [one["id"] for one in questions(activity)]
        answered = sorted({person for one in asked for person in given.get(one, {})})
        rows = {ref_of(people[pk]): [given.get(one, {}).get(pk) for one in asked] for pk in answered}
        said = words(activity)
        found = {
            when(activity): rows,
            ONE_WORD[when(activity)]: [card.text for card in said["word_cards"]],
            **{block: [card.text for card in said[sort]] for sort, block in SENTENCES.items()},
        }
        block = {**filed_questions(activity), **{part: value for part, value in found.items() if value}}
        name = vote_on_plan(activity)
        fist = activity.notes.get("result", {}).get("fist")
        votes = []
        if name and fist and fist["answers"]:
            subject = str(_("The action plans as a whole"))
            votes.append(levels.entry_of(activity, name, name, method=levels.FIVE, subject=subject))
        return {activity.block: block} | ({"votes": votes} if votes else {})


kind = Pulse()
