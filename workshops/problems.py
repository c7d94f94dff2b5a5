"""What can be wrong with a change, in words a person can act on."""

from django.core.exceptions import ValidationError


class Conflict(Exception):
    """The change was well formed, but the workshop has moved on (HTTP 409). Carries a message for the person."""

    def __init__(self, message):
        super().__init__(str(message))
        self.message = str(message)


class Replay(Exception):
    """The same key came with other content (HTTP 422)."""


__all__ = ["Conflict", "Replay", "ValidationError"]
