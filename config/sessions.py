"""Sessions in the database, under keys that Django has made."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):  # keeps its name, which is part of what a session is signed with
    def _validate_session_key(self, key: str | None) -> bool:
        """A cookie may hold anything, a NUL for instance, which PostgreSQL takes in no text. That is no session."""
        return bool(super()._validate_session_key(key)) and key.isascii() and key.isalnum()
