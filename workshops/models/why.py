"""What is agreed in stage 1: themes, and the cards they gather."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    def park(self, parked: bool = True) -> None:
        self.parked = parked
        self.save(update_fields=["parked"])
