"""The registry: what every laptop syncs with, what managers review, what donors take figures from.

``create_app`` is the list of its parts, top to bottom. config and db first; then who is asking
(signin, access); then what is said back (answers, headers, logs); then the pages, API and sync.
"""

from flask import Flask

from server.config import Config
from server.db import db, engine_options, tune


def create_app(config: Config | None = None) -> Flask:
    """The server over these settings, or over those of the environment."""
    config = config or Config.read()
    app = Flask(__name__, static_folder=None)
    app.extensions["ddr_config"] = config
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config.database_url),
    )
    db.init_app(app)
    with app.app_context():
        tune(db.engine)
    return app
