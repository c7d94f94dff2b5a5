# ruff: noqa: F821
"""Run by manage.py shell in the server's environment, with CODE given: a fresh one-time link for a facilitator."""

import json

from workshops.models import Membership, SignInLink, Workshop

user = Membership.objects.filter(network=Workshop.objects.by_code(CODE).network).first().user
print(json.dumps({"link": SignInLink.make_for(user)}))
