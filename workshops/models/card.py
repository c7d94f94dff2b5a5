"""A card: anything a person or a table puts up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.rows import Rows
from workshops.problems import Conflict

ROLE_GROUP_FLOOR = 5


class CardQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back by its author and not hidden by the facilitator."""
        return self.exclude(state__in=[Card.WITHDRAWN, Card.HIDDEN])

    def clear(self):
        """Standing and not held for a look: may be shown where its sharing level allows."""
        return self.filter(state=Card.CLEAR)

    def held(self):
        return self.filter(state=Card.HELD)

    def quotable(self):
        """Clear, and its author allowed the words themselves to be used (`domain.md` 3.5)."""
        return self.clear().filter(sharing__in=[Card.WITH_ROLE, Card.ANONYMOUS])

    def late_unseen(self):
        """Clear, arrived after closing, and the facilitator has not yet said that they saw it."""
        return self.clear().filter(late=True).exclude(fields__has_key=Card.SEEN_LATE)

    def of(self, participant):
        return self.filter(participant=participant)


class Card(models.Model):
    """A story, idea, draft, note or answer. Its words are never changed by anyone but its author."""

    WITH_ROLE, ANONYMOUS = "report_with_role", "report_anonymous"
    THEMES_ONLY, TABLE_ONLY = "themes_only", "table_only"
    SHARING = [
        (WITH_ROLE, _("With my role")),
        (ANONYMOUS, _("Without my name or role")),
        (THEMES_ONLY, _("As part of a theme only")),
        (TABLE_ONLY, _("This table only")),
    ]
    CLEAR, HELD, HIDDEN, WITHDRAWN = "clear", "held", "hidden", "withdrawn"
    SEEN_LATE = "seen_late"  # in `fields`: the facilitator knows that these words came after closing
    STATES = [(CLEAR, _("Clear")), (HELD, _("Held for a look")), (HIDDEN, _("Hidden")), (WITHDRAWN, _("Taken back"))]

    activity = models.ForeignKey("workshops.Activity", on_delete=models.CASCADE, related_name="cards")
    ref = models.CharField(max_length=40, blank=True)
    participant = models.ForeignKey(
        "workshops.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="cards"
    )
    table = models.ForeignKey("workshops.Table", null=True, blank=True, on_delete=models.SET_NULL, related_name="cards")
    entered_by = models.ForeignKey(
        "workshops.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    fields = models.JSONField(default=dict, blank=True)
    sharing = models.CharField(max_length=20, choices=SHARING, default=ANONYMOUS)
    state = models.CharField(max_length=10, choices=STATES, default=CLEAR)
    flags = models.JSONField(default=list, blank=True)
    late = models.BooleanField(default=False)
    grew_from = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="grew_into")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = Rows.from_queryset(CardQuerySet)()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["activity", "state"])]

    def __str__(self):
        return self.text[:60]

    @property
    def is_held(self) -> bool:
        return self.state == self.HELD

    @property
    def is_quotable(self) -> bool:
        """Clear, and its author allowed the words themselves to be used."""
        return self.state == self.CLEAR and self.sharing in (self.WITH_ROLE, self.ANONYMOUS)

    @property
    def signature(self) -> str:
        """Who may be named beside these words: a role, or nothing. Names are never printed with stories."""
        if self.sharing != self.WITH_ROLE or self.participant is None:
            return ""
        return self.participant.role

    @property
    def came_late_at(self):
        """When it came, if that was after closing; words that were changed late have no such time."""
        closed = self.activity.closed_at
        return self.created_at if closed and self.created_at > closed else None

    @property
    def all_words(self) -> str:
        """Everything that somebody typed here: the text, and what stands beside it."""
        beside = [self.fields.get("description", ""), *self.fields.get("key_words", [])]
        return "\n".join([self.text, *filter(None, beside)])

    def reword(self, text: str, *, late: bool = False, **fields) -> None:
        """The author changes their own words; `late`, after closing. Hidden words stay hidden. Raises Conflict."""
        self._still_put_up()
        self.text, self.late = text, self.late or late
        self.fields = {**self.fields, **fields}
        if late:
            self.fields.pop(self.SEEN_LATE, None)  # these words are new to the facilitator
        self.save(update_fields=["text", "late", "fields", "changed_at"])

    def share(self, sharing: str) -> None:
        self.sharing = sharing
        self.save(update_fields=["sharing", "changed_at"])

    def hold(self, flags: list[dict]) -> None:
        """These words wait for the facilitator's look, unless the facilitator has hidden them."""
        self._still_put_up()
        self.state, self.flags = self.state if self.state == self.HIDDEN else self.HELD, flags
        self.save(update_fields=["state", "flags", "changed_at"])

    def release(self) -> None:
        """The facilitator has looked: these words may be shown."""
        self._still_put_up()
        self.state = self.CLEAR
        self.save(update_fields=["state", "changed_at"])

    def hide(self) -> None:
        self._still_put_up()
        self.state = self.HIDDEN
        self.save(update_fields=["state", "changed_at"])

    def see_late(self) -> None:
        """The facilitator has seen that this came after closing; it stays marked as late."""
        self.fields = {**self.fields, self.SEEN_LATE: True}
        self.save(update_fields=["fields"])

    def _still_put_up(self) -> None:
        """Words that were taken back are changed no more, and nobody decides over them. Raises Conflict."""
        if self.state == self.WITHDRAWN:
            raise Conflict(_("The author has just taken these words back."))

    def withdraw(self) -> None:
        """The author takes it back: it is shown nowhere, and can be put up again."""
        self.state = self.WITHDRAWN
        self.save(update_fields=["state", "changed_at"])

    def forget_when(self) -> None:
        """Nothing about when it came may tell whose it is: words of nobody bear the moment at which all could write."""
        moment = self.activity.opened_at or self.created_at
        type(self).objects.filter(pk=self.pk).update(created_at=moment, changed_at=moment)
