"""The registry: what every laptop syncs with, what managers review, what donors take figures from.

``create_app`` is the list of its parts, top to bottom. config and db first; then logs and headers;
who is asking (signin) and what they see (frame, pages); then answers, after whatever would answer
errors of its own; the gate last, because it refuses to start while a route says nothing.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server import (
    access,
    answers,
    api,
    db,
    enrolment,
    frame,
    headers,
    health,
    logs,
    pages,
    signin,
    sync,
)
from server.config import Config

__all__ = ["Config", "create_app"]


def create_app(config: Config | None = None) -> Flask:
    """The server over these settings, or over those of the environment."""
    config = config or Config.read()
    app = Flask(__name__, static_folder=None)
    app.extensions["ddr_config"] = config
    app.config.update(SECRET_KEY=config.secret_key, TRUSTED_HOSTS=list(config.hosts) or None)
    _trust_proxies(app, config.proxies)
    db.init_app(app, config.database_url)
    logs.init_app(app)
    headers.init_app(app, config)
    signin.init_app(app, config)
    frame.init_app(app, config)
    health.init_app(app)
    for blueprint in (enrolment.routes, sync.routes, sync.blob_routes, *pages.BLUEPRINTS):
        app.register_blueprint(blueprint)
    api.init_app(app)
    answers.init_app(app)
    access.init_app(app)
    return app


def _trust_proxies(app: Flask, count: int) -> None:
    """Believe what this many proxies in front say of the asker's address and scheme."""
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # as Werkzeug documents it
