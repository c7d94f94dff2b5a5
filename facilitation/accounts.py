"""The two accounts that a laptop starts with, and the one-time links that open them."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from workshops.models import Membership, Network, SignInLink
from workshops.write import keep


def account(role: str, networks: Iterable[Network]):
    """The account called after its role, without a password, with a standing in these networks."""
    user, made = get_user_model().objects.get_or_create(username=role, defaults={"first_name": role.capitalize()})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    for network in networks:
        Membership.objects.get_or_create(network=network, user=user, role=role)
    return user


def sign_in_link(role: str, networks: Iterable[Network], base_url: str = "") -> str:
    """A fresh address that signs somebody in once, within a day."""
    token = keep(lambda: SignInLink.make_for(account(role, networks)))
    return f"{(base_url or own_address()).rstrip('/')}{reverse('sign-in-link', args=[token])}"


def own_address(host: str = "127.0.0.1", port: int | None = None) -> str:
    return f"http://{host}:{port or settings.PORT}"
