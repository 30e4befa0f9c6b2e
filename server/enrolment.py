"""How a laptop joins: it shows a one-time code and its public key, and is told who it is.

Nobody is signed in here and there is no cookie, so the code is the only proof, and tries are counted.
"""

from typing import Any

import orjson
from flask import Blueprint, Response, jsonify, request

from schema.problems import Invalid, NotASync, UnknownField
from server import access, devices, ledger
from server.db import writing
from server.signin import throttle

FIELDS = ("code", "name", "public_key")
MOST_BODY = 4096

routes = Blueprint("enrolment", __name__)


@routes.post("/sync/1/enrol")
@access.open_to_machines
def enrol() -> tuple[Response, int]:
    """Spend a code: the laptop's id, its token (shown once), its officer, and the epoch in force."""
    request.max_content_length = MOST_BODY
    said = _said(_read(request.get_data()))
    asker = (throttle.ENROLMENT, request.remote_addr or "")
    throttle.take(asker)
    with writing() as conn:
        number, epoch_id = ledger.epoch(conn)
        made = devices.enrol(conn, said["code"], said["name"], said["public_key"])
    throttle.forgive(asker)
    body = {
        "device": made.device_id,
        "token": made.token,
        "recipient": made.recipient,
        "signer": made.signer,
        "account": {"id": made.account_id, "name": made.account_name},
        "epoch": number,
        "epoch_id": epoch_id,
    }
    return jsonify(body), 201


def _read(body: bytes) -> Any:
    """The JSON of a body. Raises NotASync; not RecursionError, as Python's own reader does."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise NotASync("An enrolment is one JSON object.") from None


def _said(body: Any) -> dict[str, str]:
    """The three texts of an enrolment. Raises Invalid, UnknownField."""
    if not isinstance(body, dict):
        raise Invalid("An enrolment is one JSON object.")
    for name in body:
        if name not in FIELDS:
            raise UnknownField(field=name)
    missing = [name for name in FIELDS if not isinstance(body.get(name), str)]
    if missing:
        raise Invalid(fields={name: ["This is needed, as text."] for name in missing})
    return body
