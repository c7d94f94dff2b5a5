"""A network: the standing body, its organisations, and the people who look after it."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Network(models.Model):
    """Organisations that work together over years. Owns what has been agreed so far."""

    ref = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=160)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    about = models.TextField(_("What it is"), blank=True)
    facts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A signed-in person's standing in a network: facilitators run workshops, managers read and keep the outputs."""

    FACILITATOR, MANAGER = "facilitator", "manager"
    ROLES = [(FACILITATOR, _("Facilitator")), (MANAGER, _("Network manager"))]

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "user", "role"], name="one_standing_of_a_sort")]


class Organisation(models.Model):
    """A body whose people take part."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="organisations")
    ref = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=160)
    short = models.CharField(_("Short name"), max_length=60, blank=True)
    type = models.CharField(_("Type"), max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["network", "name"], name="organisation_named_once")]

    def __str__(self):
        return self.short or self.name

    @property
    def type_in_words(self) -> str:
        """ "patient_partner", from a file, reads "Patient partner"."""
        return self.type.replace("_", " ").capitalize()


class SignInLink(models.Model):
    """A link that signs one person in, once, within a day. Only its hash is kept."""

    LIFETIME = timedelta(hours=24)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    @classmethod
    def make_for(cls, user) -> str:
        """A fresh token for `user`; it is shown once and never stored."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(user=user, token_hash=cls.hashed(token))
        return token

    @staticmethod
    def hashed(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @classmethod
    def spend(cls, token: str):
        """The user whose unused link this is, or None. The link is used up by one UPDATE, so never twice."""
        fresh = cls.objects.filter(
            token_hash=cls.hashed(token), used_at=None, made_at__gte=timezone.now() - cls.LIFETIME
        )
        if fresh.update(used_at=timezone.now()) != 1:
            return None
        return cls.objects.select_related("user").get(token_hash=cls.hashed(token)).user

    @classmethod
    def valid(cls, token: str) -> bool:
        """Whether the link could be spent now; looking does not use it up (mail scanners look)."""
        return cls.objects.filter(
            token_hash=cls.hashed(token), used_at=None, made_at__gte=timezone.now() - cls.LIFETIME
        ).exists()
