"""Put on every answer, errors included, what the browser must refuse and must not keep."""

from flask import Flask, Response

from schema.frames import NDJSON
from schema.headers import ALWAYS
from server.config import Config

TWO_YEARS = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, config: Config) -> None:
    """Put these headers on every answer of this app."""
    fixed = ALWAYS | ({"Strict-Transport-Security": TWO_YEARS} if config.https else {})

    @app.after_request
    def harden(response: Response) -> Response:
        if response.mimetype == NDJSON:
            # What a laptop reads over a thin link no browser shows.
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        for name, value in fixed.items():
            response.headers[name] = value
        # Only what is the same for everybody says otherwise, before this runs.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
