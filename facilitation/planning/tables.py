"""Tables: mixed ones for each round, how good they are in words, and lists to print."""

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from facilitation.planning.gate import carry_out, planner
from facilitation.planning.wishes import SORTS, context_of
from workshops import mixing
from workshops.models import AccessNeed, Participant, Round, Seat, Workshop
from workshops.policy import Actor, can
from workshops.seating import SeatingError


class MixForm(forms.Form):
    EVERYONE, HERE = "everyone", "here"

    size = forms.IntegerField(label=_("People at a table, at most"), min_value=3, max_value=12, initial=6)
    rounds = forms.IntegerField(
        label=_("Rounds of mixed tables"), min_value=1, max_value=6, help_text=_("How often people change tables")
    )
    who = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)

    def __init__(self, *args, workshop: Workshop, **kwargs):
        super().__init__(*args, **kwargs)
        listed = workshop.participants.filter(removed_at=None)
        everyone, here = listed.count(), listed.present().count()
        self.fields["who"].choices = [
            (self.EVERYONE, _("Everyone on the list (%d)") % everyone),
            (self.HERE, _("Those who are here (%d)") % here),
        ]
        self.fields["who"].initial = self.EVERYONE if workshop.state == Workshop.DRAFT else self.HERE
        self.there = len(mixing.mixed_rounds(workshop))
        self.fields["rounds"].initial = self.there or 3

    def clean_rounds(self):
        if self.cleaned_data["rounds"] < self.there:
            raise forms.ValidationError(_("The run sheet has %d rounds already.") % self.there)
        return self.cleaned_data["rounds"]

    def people(self, workshop: Workshop):
        listed = workshop.participants.filter(removed_at=None)
        return listed.present() if self.cleaned_data["who"] == self.HERE else listed


@require_GET
@planner
def show(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    return page(request, workshop, actor)


def page(request: HttpRequest, workshop: Workshop, actor: Actor, status: int = 200, **more) -> HttpResponse:
    seats = Seat.objects.select_related("participant__organisation").order_by("participant__name")
    rounds = workshop.rounds.prefetch_related(Prefetch("tables__seats", queryset=seats), "tables__host")
    context = {
        "workshop": workshop,
        "rounds": [{"round": one, "used_by": workshop.activities.filter(seating=one)} for one in rounds],
        "form": MixForm(workshop=workshop),
        "words": mixing.words(workshop),
        "here": workshop.participants.present().count(),
        "people": workshop.participants.filter(removed_at=None).order_by("name"),
        **context_of(workshop, actor),
        **more,
    }
    return render(request, "workshops/tables.html", context, status=status)


@require_POST
@planner
def mix(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    """Make mixed tables for every round in which nobody has sat down yet."""
    form = MixForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return page(request, workshop, actor, 422, form=form)

    def enough_rounds(locked: Workshop) -> None:
        taken = set(locked.rounds.values_list("number", flat=True))
        for _n in range(form.cleaned_data["rounds"] - len(mixing.mixed_rounds(locked))):
            number = max(taken, default=0) + 1
            taken.add(number)
            Round.objects.create(workshop=locked, number=number)

    carry_out(request, workshop, actor, "tables.rounds", enough_rounds)
    try:
        found = mixing.plan(workshop, form.people(workshop), form.cleaned_data["size"], seed=workshop.version % 1000)
    except SeatingError as problem:
        form.add_error(None, str(problem))
        return page(request, workshop, actor, 422, form=form)
    carry_out(
        request,
        workshop,
        actor,
        "tables.mix",
        lambda locked: mixing.take(locked, found),
        gettext("The tables are made."),
    )
    return redirect("tables", code=workshop.code)


@require_POST
@planner
def fit(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    """Fit the tables to those who are here, and move as few people as can be."""
    try:
        found = mixing.mended(workshop, workshop.participants.present())
    except SeatingError as problem:
        messages.error(request, str(problem))
    else:
        done = gettext("The tables fit those who are here.")
        carry_out(request, workshop, actor, "tables.fit", lambda locked: mixing.take(locked, found), done)
    return redirect("tables", code=workshop.code)


@require_POST
@planner
def move(request: HttpRequest, workshop: Workshop, actor: Actor, number: int) -> HttpResponse:
    """One person to another table of a round, by hand."""
    round_ = get_object_or_404(workshop.rounds, number=number)
    person = get_object_or_404(workshop.participants.filter(removed_at=None), pk=_number(request, "person"))
    table = get_object_or_404(round_.tables, pk=_number(request, "table"))

    def change(locked: Workshop) -> Participant:
        locked.rounds.get(pk=round_.pk).move(person, table)
        return person

    words = gettext("%(name)s now sits at %(table)s.") % {"name": person.name, "table": table.label}
    carry_out(request, workshop, actor, "tables.move", change, words)
    answer = redirect("tables", code=workshop.code)
    answer["Location"] += f"#round-{number}"
    return answer


@require_POST
@planner
def note_wish(request: HttpRequest, workshop: Workshop, actor: Actor, sort: str) -> HttpResponse:
    form = _form_of(workshop, actor, sort)(request.POST, workshop=workshop, prefix=sort)
    if not form.is_valid():
        return page(request, workshop, actor, 422, **{f"{sort}_form": form})
    words = gettext("Noted. It counts when tables are made the next time.")
    carry_out(request, workshop, actor, f"wish.{sort}", form.wish, words)
    return redirect("tables", code=workshop.code)


@require_POST
@planner
def drop_wish(request: HttpRequest, workshop: Workshop, actor: Actor, sort: str) -> HttpResponse:
    _form_of(workshop, actor, sort)
    given = [int(value) for value in request.POST.getlist("which") if value.isascii() and value.isdecimal()]

    def change(locked: Workshop) -> None:
        if sort == "need":
            AccessNeed.objects.filter(participant__workshop=locked, pk__in=given).delete()
        elif len(given) == 2:
            mixing.keep_apart(locked, *given, apart=False)

    carry_out(request, workshop, actor, f"wish.{sort}_dropped", change, gettext("Taken off."))
    return redirect("tables", code=workshop.code)


def _form_of(workshop: Workshop, actor: Actor, sort: str):
    """The form of this sort of wish, for those who may see wishes at all. Raises Http404."""
    if sort not in SORTS or not can(actor, "see_people", workshop):
        raise Http404
    return SORTS[sort]


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else 0
