"""The laptop's local web pages as one Flask app, for one browser on this machine."""

from collections.abc import Callable

from flask import Flask
from jinja2 import Undefined, UndefinedError

from field_client.config import Config
from field_client.pages import (
    answers,
    automatic,
    begun,
    cards,
    checking,
    display,
    disputes,
    files,
    find,
    frame,
    guard,
    handing,
    home,
    papers,
    people,
    photos,
    records,
    screening,
    sticks,
    stores,
    syncing,
    unlock,
    work,
)
from field_client.pages import (
    help as help_page,
)
from field_client.pages.desk import Desk
from field_client.pages.register import finishing
from field_client.pages.register import pages as register
from field_client.pages.register import photo as register_photo

BLUEPRINTS = (
    display.bp,
    help_page.bp,
    home.bp,
    begun.bp,
    register.bp,
    register_photo.bp,
    finishing.bp,
    find.bp,
    people.bp,
    records.bp,
    files.bp,
    papers.bp,
    cards.bp,
    photos.bp,
    screening.bp,
    stores.bp,
    checking.bp,
    handing.bp,
    work.bp,
    disputes.bp,
    syncing.bp,
    sticks.bp,
)


class Misspelt(Undefined):
    """A name that no view gave: it may be asked for, but never be printed as an empty place."""

    def __str__(self) -> str:
        raise UndefinedError(self._undefined_message)


def create_app(
    config: Config | None = None,
    *,
    port: int,
    announce: Callable[[str], None] = lambda address: None,
    desk: Desk | None = None,
) -> Flask:
    """The app for this port. announce: is told the next address when one has been opened."""
    app = Flask("field_client", static_folder=None, template_folder=None)
    app.jinja_options = {"undefined": Misspelt}
    laptop = config or Config.read()
    app.extensions["laptop"] = laptop
    app.extensions["desk"] = desk or Desk()
    app.extensions["display"] = display.Settings(laptop.home)
    guard.init_app(app, guard.Gate(port, announce))
    answers.init_app(app)
    automatic.init_app(app, automatic.Automatic(app.extensions["desk"], laptop))
    frame.init_app(app)
    unlock.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
