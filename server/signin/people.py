"""What Flask-Security asks of a user store, answered from ``accounts``."""

from typing import Any

import sqlalchemy as sa
from flask_security import PasswordUtil, RoleMixin, UserDatastore, UserMixin

from server.accounts import people
from server.db import aside, reading

# Flask-Security's words for what an account calls otherwise.
NAMES = {"id": "id", "email": "email", "fs_uniquifier": "session_key"}


class User(UserMixin):
    """An account as Flask-Security handles it."""

    id: str  # type: ignore[assignment]  # Flask-Security takes a number for granted, and needs none
    fs_uniquifier = ""

    def __init__(self, row: sa.RowMapping) -> None:
        self.id = row["id"]
        self.email: str = row["email"]
        self.name: str = row["name"]
        self.password: str | None = row["password"]
        self.fs_uniquifier = row["session_key"]
        self.active = row["disabled_at"] is None
        self.language: str | None = row["language"]
        self.theme: str | None = row["theme"]
        self.roles: list[RoleMixin] = []


class Role(RoleMixin):
    """Not used: rights are ``schema/policy.py`` over grants. Flask-Security wants a class."""


class Passwords(PasswordUtil):
    """What a new password must be, as ``accounts`` says it for first passwords too."""

    def validate(
        self,
        password: str,
        is_register: bool,  # noqa: FBT001 - their signature
        **_kwargs: Any,
    ) -> tuple[list[str] | None, str]:
        """(what is wrong or None, the password in its one form)."""
        weak = people.weakness(password)
        return [weak] if weak else None, self.normalize(password)


class Users(UserDatastore):
    """The accounts, read and written as Flask-Security needs them. It can make none."""

    def __init__(self) -> None:
        super().__init__(User, Role)

    def find_user(
        self,
        case_insensitive: bool = False,  # noqa: FBT001, FBT002 - their signature; all are folded
        **by: Any,
    ) -> User | None:
        """The account with this one value, if there is one."""
        ((name, value),) = by.items()
        with reading() as conn:
            row = people.seek(conn, **{NAMES[name]: str(value)})
        return None if row is None else User(row)

    def put(self, user: User) -> User:
        """Keep the password hash and session key that Flask-Security made."""
        with aside() as conn:
            people.replace_password(conn, user.id, str(user.password), user.fs_uniquifier)
        return user

    def commit(self) -> None:
        """Nothing waits: ``put`` has written."""
