"""Forms for a network, its organisations, and the people who look after it."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from workshops.models import Membership, Network, Organisation, SignInLink


class NetworkForm(forms.ModelForm):
    class Meta:
        model = Network
        fields = ["name", "short_name", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "short_name": _("As people say it in passing. It can wait."),
            "about": _("One or two sentences. They open the outputs pack."),
        }


class NewNetworkForm(NetworkForm):
    national = forms.BooleanField(
        label=_("Start with the national priorities for England"),
        help_text=_("Cards with source, date and status, to edit, hide or check. Policies differ in other countries."),
        initial=True,
        required=False,
    )


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "short", "type"]
        help_texts = {
            "short": _("For narrow places: lists, tables, the room"),
            "type": _("Provider, commissioner, patient partners …"),
        }

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        others = self.instance.network.organisations.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("This network already has an organisation with this name."))
        return name


class InviteForm(forms.Form):
    """A colleague. The e-mail address is what they sign in with; nothing is sent to it."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(
        label=_("Email address"), max_length=150, help_text=_("To sign in with. Throughline sends no email.")
    )
    role = forms.ChoiceField(label=_("May"), choices=[], widget=forms.RadioSelect, initial=Membership.FACILITATOR)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            (Membership.FACILITATOR, _("Facilitate: prepare and run workshops, and invite others")),
            (Membership.MANAGER, _("Manage: prepare workshops, read and keep the outputs")),
        ]

    def invite(self, network: Network) -> tuple[object, str]:
        """The colleague and a link for them; no link for somebody who already has an account elsewhere."""
        given = self.cleaned_data
        user, made = get_user_model().objects.get_or_create(
            username=given["email"].lower(), defaults={"email": given["email"], "first_name": given["name"]}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        Membership.objects.get_or_create(network=network, user=user, role=given["role"])
        return user, SignInLink.make_for(user) if made else ""
