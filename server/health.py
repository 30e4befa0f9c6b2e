"""Whether this server lives and can serve, and its figures for a monitor."""

import hmac
import os
import time
from http import HTTPStatus
from ipaddress import ip_address

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
    values,
)

from schema.problems import NotFound
from server import access, epochs, moments
from server.backups.log import last
from server.config import settings
from server.db import is_current, reading
from server.highwater import PutBack

# Where several workers add up their figures; `serve` makes the folder and names it here.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")

pages = Blueprint("health", __name__)


class Meters:
    """What is counted of each answer: how many, how long."""

    def __init__(self) -> None:
        if SHARED in os.environ:
            values.ValueClass = values.MultiProcessValue()
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "ddr_answers", "Answers given", ("endpoint", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "ddr_answer_seconds", "Time to an answer", ("endpoint",), registry=self.registry
        )

    def count(self, response: Response) -> Response:
        """Add one answer."""
        endpoint = request.endpoint or "none"
        self.answers.labels(endpoint, str(response.status_code)).inc()
        self.seconds.labels(endpoint).observe(time.perf_counter() - g.get("began", 0.0))
        return response

    def text(self) -> bytes:
        """All figures, of all workers, as Prometheus reads them."""
        if SHARED not in os.environ:
            return generate_latest(self.registry)
        everyone = CollectorRegistry()
        multiprocess.MultiProcessCollector(everyone)
        return generate_latest(everyone)


def init_app(app: Flask) -> None:
    """Answer to monitors, and count what the app answers."""
    app.extensions["ddr_meters"] = meters = Meters()
    app.after_request(meters.count)
    app.register_blueprint(pages)


@pages.get("/health/live")
@access.open_to_all
def live() -> Response:
    """The process answers."""
    return jsonify(status="live")


@pages.get("/health/ready")
@access.open_to_all
def ready() -> tuple[Response, int]:
    """The database answers, has this version's tables, and is not older than what was given out."""
    with reading() as conn:
        current = is_current(conn)
    if not current:
        return jsonify(status="migrations are missing"), HTTPStatus.SERVICE_UNAVAILABLE
    if epochs.is_put_back():
        said = {"status": "put back to an older state", "sentence": PutBack.sentence}
        return jsonify(said), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ready"), HTTPStatus.OK


@pages.get("/metrics")
@access.open_to_all
def metrics() -> Response:
    """Figures, for this machine or for whoever has the token; for others, nothing."""
    if not (_has_token() or _is_here()):
        raise NotFound
    meters: Meters = current_app.extensions["ddr_meters"]
    return Response(meters.text() + _last_backup(), content_type=CONTENT_TYPE_LATEST)


def _last_backup() -> bytes:
    """When the last checked backup was made, for whoever is to be told that it is too old."""
    with reading() as conn:
        made = last(conn)
    seconds = moments.from_text(made.at).timestamp() if made else 0
    return f"{_BACKUP}{seconds:.0f}\n".encode()


_BACKUP = (
    "# HELP ddr_backup_made_seconds When the last checked backup was made; 0 before the first\n"
    "# TYPE ddr_backup_made_seconds gauge\n"
    "ddr_backup_made_seconds "
)


def _has_token() -> bool:
    token = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(token.encode(), given.encode("utf-8", "replace"))


def _is_here() -> bool:
    """Whether this comes from this machine, and not through a proxy on it that nobody declared."""
    passed_on = not settings().proxies and any(name in request.headers for name in FORWARDED)
    try:
        return not passed_on and ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
