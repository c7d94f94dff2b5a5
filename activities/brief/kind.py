"""Brief: words for everybody, and nothing to answer. Welcomes, breaks, reading out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.kind import Kind


class Settings(forms.Form):
    points = forms.CharField(
        label=_("Points to show, one a line"), required=False, widget=forms.Textarea, max_length=1000
    )


class Brief(Kind):
    name = _("Brief")
    purpose = _("Say why we are here, or call a break: words for everybody, nothing to answer.")
    minutes = 10
    Settings = Settings

    def shared(self, activity):
        points = activity.settings.get("points", "")
        return {"points": [line.strip() for line in points.splitlines() if line.strip()]}

    def pack(self, activity):
        return self.shared(activity)


kind = Brief()
