"""What is agreed in stage 1: themes, and the cards they gather."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.problems import Conflict


class Theme(models.Model):
    """A named cluster of cards. A card may belong to more than one ("if a note belongs in two places, copy it")."""

    activity = models.ForeignKey("workshops.Activity", on_delete=models.CASCADE, related_name="themes")
    ref = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=80)
    gist = models.CharField(_("In one line"), max_length=300, blank=True)
    key_words = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    parked = models.BooleanField(default=False)
    protected = models.BooleanField(default=False)
    kept = models.BooleanField(default=False)
    cards = models.ManyToManyField("workshops.Card", blank=True, related_name="themes")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name

    def rename(self, name: str, gist: str = "") -> None:
        self.name, self.gist = name, gist
        self.save(update_fields=["name", "gist"])

    def take_in(self, card) -> None:
        self.cards.add(card)

    def let_go(self, card) -> None:
        self.cards.remove(card)

    def protect(self, protected: bool = True) -> None:
        """Any single person may keep one group alive; it is carried forward, labelled (`domain.md` 3.6)."""
        self.protected = protected
        self.save(update_fields=["protected"])

    def merge_into(self, other: "Theme") -> None:
        """Two groups that mean the same become one: cards, key words and what grew from them come along.

        Raises Conflict once people have voted on this one: their marks would be lost.
        """
        if self.marks.exists():
            raise Conflict(_("People have voted on “%(name)s”. Set it aside instead.") % {"name": self.name})
        other.cards.add(*self.cards.all())
        self.values.update(theme=other)
        other.key_words = list(dict.fromkeys([*other.key_words, *self.key_words]))
        other.gist = other.gist or self.gist
        other.protected = other.protected or self.protected
        other.save(update_fields=["key_words", "gist", "protected"])
        self.delete()

    def park(self, parked: bool = True) -> None:
        self.parked = parked
        self.save(update_fields=["parked"])
