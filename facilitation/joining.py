"""How somebody joins: by code, with a name, into a seat; and back into it with a lost phone."""

import secrets
from dataclasses import replace
from datetime import timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from facilitation import access, passes
from workshops.models import Organisation, Participant, Workshop
from workshops.policy import PARTICIPANT, Actor
from workshops.problems import Conflict, Replay
from workshops.write import digest_of, write

OTHER = "other"
A_SECOND_TAP = timedelta(minutes=2)  # on a shared phone, Back must not lead into somebody else's seat later


class JoinForm(forms.Form):
    """Name, organisation, role; or a name from the list of people who were invited."""

    invited = forms.ChoiceField(label=_("Find your name"), required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    other_organisation = forms.CharField(label=_("Which organisation?"), max_length=160, required=False)
    role = forms.CharField(
        label=_("Role"),
        max_length=120,
        required=False,
        help_text=_("As you would say it: “therapeutic radiographer”, “lay member”"),
    )

    def __init__(self, *args, workshop: Workshop, seat_before: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.workshop = workshop
        self.seat_before = seat_before  # what this phone wrote there comes under the same name again
        expected = list(workshop.participants.expected().select_related("organisation").order_by("name"))
        self.fields["invited"].choices = [
            ("", _("I am not on the list")),
            *((str(person.pk), f"{person.name}, {person.organisation}") for person in expected),
        ]
        if not expected:
            del self.fields["invited"]
        bodies = workshop.network.organisations.all()
        self.fields["organisation"].choices = [
            ("", _("Choose one")),
            *((str(body.pk), body.name) for body in bodies),
            (OTHER, _("Another organisation")),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("invited"):
            return cleaned
        if not (cleaned.get("name") or "").strip() and "name" not in self.errors:
            self.add_error("name", _("Please write your name, as you would like to be called."))
        if not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", _("Please choose your organisation."))
        if cleaned.get("organisation") == OTHER and not (cleaned.get("other_organisation") or "").strip():
            self.add_error("other_organisation", _("Please write the name of your organisation."))
        if not (cleaned.get("role") or "").strip() and "role" not in self.errors:
            self.add_error("role", _("Please write your role in a few words."))
        return cleaned

    def seat(self, workshop: Workshop) -> Participant:
        """The person who is joining: from the list, or new. Raises Conflict when the name was taken meanwhile."""
        given = self.cleaned_data
        if given.get("invited"):
            person = workshop.participants.expected().filter(pk=given["invited"]).first()
            if person is None:
                raise Conflict(_("Somebody has just joined with this name. Ask the facilitator for a recovery code."))
            return person
        if given["organisation"] == OTHER:
            body, _made = Organisation.objects.get_or_create(
                network=workshop.network, name=given["other_organisation"].strip()
            )
        else:
            body = workshop.network.organisations.get(pk=given["organisation"])
        if self.seat_before and Participant.objects.filter(pk=self.seat_before).exists():
            raise Conflict(_("This phone has just joined. Open this page once more."))
        return Participant(
            pk=self.seat_before,
            workshop=workshop,
            name=given["name"].strip(),
            organisation=body,
            role=given["role"].strip(),
        )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        error_messages={"required": _("Please type the code from the screen: six letters and numbers.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self):
        try:
            return Workshop.objects.by_code(self.cleaned_data["code"]).code
        except Workshop.DoesNotExist:
            raise forms.ValidationError(
                _("No workshop has this code. Look at the screen again: there is no zero, O, one or I in it.")
            ) from None


class RecoveryForm(forms.Form):
    recovery_code = forms.CharField(
        label=_("Recovery code"),
        max_length=12,
        help_text=_("Eight letters and numbers that the facilitator gave you"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    workshop = access.workshop_by(code)
    if access.participant_in(request, workshop):
        return redirect("phone", code=workshop.code)
    unknown = access.seat_unknown_here(request, workshop)
    form = JoinForm(request.POST or None, workshop=workshop, seat_before=unknown)
    if request.method == "POST" and form.is_valid():
        try:
            return _seated(request, workshop, form)
        except Conflict as problem:
            form.add_error("invited" if "invited" in form.fields else None, problem.message)
        except Replay:
            form.add_error(None, _("This form was sent before with other words. Please send it again."))
    return _door(request, workshop, form, 422 if form.errors else 200, once_more=unknown is not None)


def _door(
    request: HttpRequest, workshop: Workshop, form: JoinForm, status: int, *, once_more: bool = False, recovery=None
) -> HttpResponse:
    """The join page. Its key makes one person of a form that is sent twice."""
    context = {
        "workshop": workshop,
        "form": form,
        "key": secrets.token_urlsafe(18),
        "once_more": once_more,
        "recovery": recovery,
    }
    return render(request, "surfaces/join.html", context, status=status)


def _seated(request: HttpRequest, workshop: Workshop, form: JoinForm) -> HttpResponse:
    """Raises Conflict and Replay."""
    secret: list[str] = []

    def change(locked: Workshop) -> Participant:
        person = form.seat(locked)
        if person._state.adding:
            person.save(force_insert=True)
        secret.append(person.take_seat())
        for round_ in locked.rounds.all():
            round_.seat_late(person)
        return person

    def once_again(locked: Workshop) -> Participant:
        """The first answer was lost on its way, or this was a second tap: the same seat, with a pass that arrives."""
        person = locked.participants.filter(pk=written.made_pk, removed_at=None).first()
        if person is None or timezone.now() - person.joined_at > A_SECOND_TAP:
            raise Conflict(_("This form was sent before. To join once more, please send it again."))
        secret.append(person.take_seat())
        return person

    actor = Actor(PARTICIPANT, workshop.pk)
    sent = [(name, value) for name, value in request.POST.items() if name in form.fields]
    key = access.key_in(request)
    written = write(workshop.pk, by=actor, verb="participant.join", change=change, key=key, digest=digest_of(sent))
    if written.replayed:
        again = write(workshop.pk, by=actor, verb="participant.join_again", change=once_again)
        written = replace(again, made=written.made)
    person = workshop.participants.get(pk=written.made_pk)
    answer = redirect("phone", code=workshop.code)
    answer["X-Made"], answer["X-Version"] = written.made_pk, str(written.version)
    access.give_pass(answer, workshop, person, secret[-1], request.is_secure())
    return answer


@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """This phone is nobody's any more. The person, and what they have sent, stay in the workshop."""
    workshop = access.workshop_by(code)
    if access.participant_in(request, workshop) is None:
        raise Http404
    answer = redirect("join", code=workshop.code)
    answer.delete_cookie(passes.participant_cookie(workshop.code), samesite="Lax")
    return answer


@require_POST
def recover(request: HttpRequest, code: str) -> HttpResponse:
    """A lost phone gets back into its seat with a code from the facilitator; the earlier device is shut out."""
    workshop = access.workshop_by(code)
    form = RecoveryForm(request.POST)
    given = "".join(letter for letter in request.POST.get("recovery_code", "").upper() if letter.isalnum())
    person = workshop.participants.filter(recovery_code=given, removed_at=None).first() if given else None
    if not form.is_valid() or person is None:
        if given and person is None:
            form.add_error("recovery_code", _("This code does not fit. Ask the facilitator for a new one."))
        return _door(request, workshop, JoinForm(workshop=workshop), 422, recovery=form)
    secret: list[str] = []

    def change(locked: Workshop) -> Participant:
        again = locked.participants.filter(pk=person.pk, recovery_code=given, removed_at=None).first()
        if again is None:
            raise Conflict(_("This code does not fit. Ask the facilitator for a new one."))
        secret.append(again.take_seat())
        return again

    actor = Actor(PARTICIPANT, workshop.pk, participant_id=person.pk)
    try:
        write(workshop.pk, by=actor, verb="participant.recover", change=change)
    except Conflict as problem:
        form.add_error("recovery_code", problem.message)
        return _door(request, workshop, JoinForm(workshop=workshop), 409, recovery=form)
    answer = redirect("phone", code=workshop.code)
    access.give_pass(answer, workshop, person, secret[-1], request.is_secure())
    return answer
