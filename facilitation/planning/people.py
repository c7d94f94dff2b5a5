"""People before the day: a list from a CSV file, or one by hand. They find their name when they join."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from facilitation.planning.gate import carry_out, planner
from workshops import roster
from workshops.models import Organisation, Participant, Workshop
from workshops.policy import Actor, can

BIGGEST_FILE = 256 * 1024


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        help_text=_("As on the network’s list; a new name makes a new organisation"),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    role = forms.CharField(label=_("Role"), max_length=120)
    role_group = forms.CharField(
        label=_("Role group"),
        max_length=60,
        required=False,
        help_text=_("For mixed tables: “radiographer”, “manager”. It can stay empty."),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns: name, organisation, role, and if you like role_group. Other columns are ignored."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": _("The file is empty."), "required": _("Please choose a file first.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 256 kB: is it the right one?"))
        return file


class Arrivals:
    """What a list would change: who is new, who is there already, which organisations would be made."""

    def __init__(self, workshop: Workshop, entries: list[roster.Entry]) -> None:
        self.workshop = workshop
        self.bodies: dict[str, Organisation] = {}
        for body in workshop.network.organisations.all():
            self.bodies |= {name.casefold(): body for name in (body.short, body.name) if name}
        there = {
            (name.casefold(), body)
            for name, body in workshop.participants.filter(removed_at=None).values_list("name", "organisation_id")
        }
        self.new, self.known, self.new_bodies = [], [], []
        for entry in entries:
            body = self.bodies.get(entry.organisation.casefold())
            if body is None and entry.organisation.casefold() not in {one.casefold() for one in self.new_bodies}:
                self.new_bodies.append(entry.organisation)
            (self.known if body and (entry.name.casefold(), body.pk) in there else self.new).append(entry)

    def write_down(self) -> None:
        for name in self.new_bodies:
            self.bodies[name.casefold()] = Organisation.objects.create(network=self.workshop.network, name=name)
        Participant.objects.bulk_create(
            Participant(
                workshop=self.workshop,
                name=entry.name,
                organisation=self.bodies[entry.organisation.casefold()],
                role=entry.role,
                role_group=entry.role_group,
            )
            for entry in self.new
        )


@require_GET
@planner
def show(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    return page(request, workshop, actor)


def page(request: HttpRequest, workshop: Workshop, actor: Actor, status: int = 200, **more) -> HttpResponse:
    listed = workshop.participants.filter(removed_at=None).select_related("organisation")
    context = {
        "workshop": workshop,
        "people": listed.order_by("organisation__name", "name"),
        "here": listed.present().count(),
        "organisations": workshop.network.organisations.all(),
        "person_form": PersonForm(),
        "file_form": FileForm(),
        "may_see_people": can(actor, "see_people", workshop),
        **more,
    }
    return render(request, "workshops/people.html", context, status=status)


@require_POST
@planner
def add(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    form = PersonForm(request.POST)
    if form.is_valid():
        entry = roster.Entry(0, **form.cleaned_data)
        if Arrivals(workshop, [entry]).known:
            form.add_error("name", gettext("This person is on the list already."))
    if not form.is_valid():
        return page(request, workshop, actor, 422, person_form=form)
    written = carry_out(
        request,
        workshop,
        actor,
        "people.add",
        lambda locked: Arrivals(locked, [entry]).write_down(),
        gettext("%s is on the list.") % entry.name,
    )
    return redirect("invited", code=workshop.code) if written else page(request, workshop, actor, 409, person_form=form)


@require_POST
@planner
def preview(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    """Reads the file and shows what it would do. Nothing is kept until that is confirmed."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, workshop, actor, 422, file_form=form)
    content = form.cleaned_data["file"].read()
    found = roster.read(content)
    if found.faults:
        return page(request, workshop, actor, 422, faults=found.faults, file_name=form.cleaned_data["file"].name)
    context = {
        "workshop": workshop,
        "arrivals": Arrivals(workshop, found.entries),
        "ignored": found.ignored,
        "text": content.decode("utf-8-sig"),
    }
    return render(request, "workshops/people_preview.html", context)


@require_POST
@planner
def take(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    """The list that was looked at goes into the workshop, all of it."""
    found = roster.read_text(request.POST.get("list", ""))
    if found.faults:
        return page(request, workshop, actor, 422, faults=found.faults)
    made: list[int] = []

    def change(locked: Workshop) -> None:
        arrivals = Arrivals(locked, found.entries)
        arrivals.write_down()
        made.append(len(arrivals.new))

    if carry_out(request, workshop, actor, "people.import", change):
        words = ngettext("%d person is on the list.", "%d people are on the list.", made[-1])
        messages.success(request, words % made[-1])
    return redirect("invited", code=workshop.code)


@require_POST
@planner
def remove(request: HttpRequest, workshop: Workshop, actor: Actor, person: int) -> HttpResponse:
    """Off the list, as long as this person has not come."""
    found = get_object_or_404(workshop.participants, pk=person)

    def change(locked: Workshop) -> None:
        locked.participants.expected().filter(pk=person).delete()

    carry_out(request, workshop, actor, "people.remove", change, gettext("%s is off the list.") % found.name)
    return redirect("invited", code=workshop.code)


@require_GET
@planner
def example(request: HttpRequest, workshop: Workshop, actor: Actor) -> HttpResponse:
    answer = HttpResponse(roster.example(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer
