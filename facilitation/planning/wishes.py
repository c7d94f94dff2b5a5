"""Who must not share a table, and who needs a certain one. For the facilitator's eyes; never exported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.mixing import apart_pairs, keep_apart
from workshops.models import AccessNeed, Participant, Workshop
from workshops.policy import Actor, can


class WishForm(forms.Form):
    one = forms.ModelChoiceField(label=_("Who"), queryset=Participant.objects.none())

    def __init__(self, *args, workshop: Workshop, **kwargs):
        super().__init__(*args, **kwargs)
        people = workshop.participants.filter(removed_at=None).select_related("organisation").order_by("name")
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = people
                field.label_from_instance = lambda person: f"{person.name}, {person.organisation}"


class ApartForm(WishForm):
    other = forms.ModelChoiceField(label=_("Not with"), queryset=Participant.objects.none())

    def clean(self):
        given = super().clean()
        if given.get("one") and given.get("one") == given.get("other"):
            self.add_error("other", _("Please choose two different people."))
        return given

    def wish(self, workshop: Workshop) -> None:
        keep_apart(workshop, self.cleaned_data["one"].pk, self.cleaned_data["other"].pk)


class NeedForm(WishForm):
    tables = forms.CharField(
        label=_("Tables that suit"),
        max_length=60,
        required=False,
        help_text=_("For example “T1, T2”: beside the loop, near the door. Empty: any"),
    )
    need = forms.CharField(
        label=_("What helps"), max_length=300, help_text=_("What is needed, not why: no diagnosis, please")
    )
    may_host = forms.BooleanField(label=_("Can host a table and write for it"), required=False, initial=True)

    def wish(self, workshop: Workshop) -> AccessNeed:
        given = self.cleaned_data
        labels = [label.strip().upper() for label in given["tables"].replace(";", ",").split(",") if label.strip()]
        facts = {"pin_tables": labels} if labels else {}
        if not given["may_host"]:
            facts["scribe"] = False
        return AccessNeed.objects.create(participant=given["one"], need=given["need"], facts=facts)


SORTS = {"apart": ApartForm, "need": NeedForm}


def context_of(workshop: Workshop, actor: Actor) -> dict[str, Any]:
    """What the page of tables shows of wishes to those who may see them; nothing to others."""
    if not can(actor, "see_people", workshop):
        return {"may_see_people": False}
    names = dict(workshop.participants.values_list("pk", "name"))
    known = [pair for pair in apart_pairs(workshop) if set(pair) <= names.keys()]
    return {
        "may_see_people": True,
        "apart": [(one, names[one], other, names[other]) for one, other in known],
        "needs": AccessNeed.objects.filter(participant__workshop=workshop).select_related("participant"),
        "apart_form": ApartForm(workshop=workshop, prefix="apart"),
        "need_form": NeedForm(workshop=workshop, prefix="need"),
    }
