"""``ddr-server user`` and ``device``: accounts, what they may do, and their laptops."""

import sys
from typing import Any

import click
import sqlalchemy as sa

from schema.policy import POLICY, ROLES
from schema.problems import NotFound, WrongUse
from server import accounts, devices
from server.accounts import Place
from server.cli.speech import acting, as_option, registry_command, say
from server.db import reading, writing
from server.passwords import made_password
from server.registry import places

# Over these, a grant means the same everywhere: nothing in them belongs to one caseload or store.
PLACELESS = {"reference", "coordination", "admin"}


@click.group("user")
def user() -> None:
    """Accounts and what they may do."""


@click.group("device")
def device() -> None:
    """Laptops: enrolment codes, list, revoke, wipe."""


commands: list[click.Command] = [user, device]


def place_options(run: Any) -> Any:
    """``--role`` and over which place: ``--scope`` (again and again) or ``--area``, or everywhere."""
    for option in (
        click.option("--everywhere", is_flag=True, help="Over the whole programme."),
        click.option("--area", metavar="PCODE", help="Over all caseloads and stores of this area."),
        click.option("--scope", multiple=True, metavar="CODE", help="Over a caseload or store."),
        click.option("--role", type=click.Choice(ROLES), required=True),
    ):
        run = option(run)
    return run


@registry_command("add")
@click.argument("email")
@click.option("--name", default="", help="How the person is called; else from the address.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@place_options
@as_option
def add(email: str, name: str, password_stdin: bool, who: str | None, **wanted: Any) -> None:
    """Add an account with a role. Prints its first password once, unless it was given."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else made_password()
    with writing() as conn:
        actor = acting(conn, who)
        spots = _spots(conn, **wanted)
        account_id = accounts.add_account(conn, actor, email, name, password)
        for spot in spots:
            accounts.grant(conn, actor, account_id, wanted["role"], spot)
    shown = {} if password_stdin else {"password": password}
    first = "" if password_stdin else f", first password: {password}"
    say(f"{email} is {wanted['role']}{first}", id=account_id, email=email, **shown)


@registry_command("password")
@click.argument("email")
@as_option
def password(email: str, who: str | None) -> None:
    """Give an account a new first password, printed once; its sessions end."""
    new = made_password()
    with writing() as conn:
        account_id = accounts.find(conn, email)["id"]
        accounts.set_password(conn, acting(conn, who), account_id, new)
    say(f"{email}, new password: {new}", id=account_id, email=email, password=new)


@registry_command("grant")
@click.argument("email")
@place_options
@as_option
def grant(email: str, who: str | None, **wanted: Any) -> None:
    """Give an account a further role, or a role over a further place."""
    with writing() as conn:
        actor = acting(conn, who)
        account_id = accounts.find(conn, email)["id"]
        given = [
            accounts.grant(conn, actor, account_id, wanted["role"], spot)
            for spot in _spots(conn, **wanted)
        ]
    for grant_id in given:
        say(f"{email} is {wanted['role']}", id=grant_id, email=email, role=wanted["role"])


@registry_command("ungrant")
@click.argument("email")
@place_options
@as_option
def ungrant(email: str, who: str | None, **wanted: Any) -> None:
    """End a role of an account over a place."""
    with writing() as conn:
        actor = acting(conn, who)
        account_id = accounts.find(conn, email)["id"]
        spots = _spots(conn, **wanted)
        held = accounts.held_by(conn, account_id)
        ended = [g for g in held if g.role == wanted["role"] and accounts.place_of(g) in spots]
        if not ended:
            raise NotFound("This account holds no such grant.")
        for one in ended:
            accounts.end_grant(conn, actor, one.id)
    for one in ended:
        say(f"{email} is no longer {one.role}", id=one.id, email=email, role=one.role)


@registry_command("disable")
@click.argument("email")
@as_option
def disable(email: str, who: str | None) -> None:
    """End all that an account may do; its laptops may still hand in what they hold."""
    with writing() as conn:
        account_id = accounts.find(conn, email)["id"]
        accounts.disable(conn, acting(conn, who), account_id)
    say(f"{email} is disabled", id=account_id, email=email)


@registry_command("list")
@as_option
def listing(who: str | None) -> None:
    """All accounts with the grants in force."""
    with reading() as conn:
        _require_sight(conn, who)
        for row in accounts.listed(conn):
            held = accounts.held_by(conn, row["id"])
            words = places.named(
                conn, [g.scope_id or g.area_id for g in held if g.kind != "everywhere"]
            )
            grants = [_said(g, words) for g in held]
            shown = "; ".join(f"{g['role']} over {g['place']}" for g in grants) or "no grant"
            state = "disabled" if row["disabled_at"] else shown
            facts = {name: row[name] for name in ("id", "email", "name", "disabled_at")}
            say(f"{row['email']}  {state}", **facts, grants=grants)


@registry_command("code")
@click.option("--user", "email", required=True, metavar="EMAIL", help="Whose laptop it will be.")
@as_option
def code(email: str, who: str | None) -> None:
    """A one-time code to enrol a laptop within a day."""
    with writing() as conn:
        made = devices.make_code(conn, acting(conn, who), email)
    say(made, code=made, email=email)


@registry_command("list")
@as_option
def laptops(who: str | None) -> None:
    """All laptops, those silent for longest first."""
    with reading() as conn:
        _require_sight(conn, who)
        for row in devices.listed(conn):
            say(f"{row['id']}  {row['email']}  {row['name']}  {_state(row)}", **row)


@registry_command("revoke")
@click.argument("device_id")
@click.option("--reason", required=True, help="Why; it is kept.")
@as_option
def revoke(device_id: str, reason: str, who: str | None) -> None:
    """Refuse a laptop from its next request on."""
    with writing() as conn:
        devices.revoke(conn, acting(conn, who), device_id, reason)
    say(f"{device_id} is revoked", id=device_id)


@registry_command("wipe")
@click.argument("device_id", metavar="DEVICE")
@click.option("--reason", required=True, help="Why; it is kept.")
@as_option
def wipe(device_id: str, reason: str, who: str | None) -> None:
    """Revoke a laptop and ask it to wipe itself at its next contact.

    It seals what it had not sent to the registry's key first; nothing else on it stays readable.
    `device list` shows whether it has said that it is done.
    """
    with writing() as conn:
        devices.wipe(conn, acting(conn, who), device_id, reason)
    say(f"{device_id} is revoked and is asked to wipe itself", id=device_id)


for one in (add, password, grant, ungrant, disable, listing):
    user.add_command(one)
for one in (code, laptops, revoke, wipe):
    device.add_command(one)


def _spots(
    conn: sa.Connection, role: str, scope: tuple[str, ...], area: str | None, everywhere: bool
) -> list[Place]:
    """The places that the options name. Raises WrongUse, UnknownReference, Ambiguous."""
    if bool(scope) + bool(area) + everywhere > 1:
        raise WrongUse("Give --scope, --area or --everywhere, and only one of them.")
    if area:
        return [Place("area", places.area_named(conn, area))]
    if scope:
        return [Place("scope", places.scope_named(conn, text)) for text in scope]
    if everywhere or set(POLICY[role]) <= PLACELESS:
        return [accounts.ALL_PLACES]
    raise WrongUse(f"Say where: {role} needs --scope CODE, --area PCODE or --everywhere.")


def _state(row: sa.RowMapping) -> str:
    if row["wiped_at"]:
        return f"wiped {row['wiped_at']}"
    if row["wipe_asked_at"]:
        return f"revoked, wipe asked {row['wipe_asked_at']}"
    return "revoked" if row["revoked_at"] else f"last seen {row['last_seen_at'] or 'never'}"


def _said(held: Any, words: dict[str, str]) -> dict[str, Any]:
    place = accounts.place_of(held)
    shown = words.get(place.id or "", place.id) if place.id else "everywhere"
    return {"id": held.id, "role": held.role, "kind": place.kind, "place": shown}


def _require_sight(conn: sa.Connection, who: str | None) -> None:
    if not acting(conn, who).sight.anywhere("read", "admin"):
        raise NotFound("There is nothing of this kind here.")
