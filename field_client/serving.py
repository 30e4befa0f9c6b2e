"""Serves the laptop's pages on 127.0.0.1, to one browser of this machine."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from waitress.server import create_server

from field_client.app import create_app
from field_client.config import Config
from field_client.pages.automatic import Automatic
from field_client.pages.desk import Desk
from field_client.pages.guard import LARGER, MOST_BODY, Gate

HOST = "127.0.0.1"
MOST_SENT = max(MOST_BODY, *LARGER.values())
THREADS = 8
A_SECOND = 1.0
# Beyond these, waitress would lay what was typed or shown in clear into a temporary file.
IN_MEMORY = {"inbuf_overflow": 4 * MOST_SENT, "outbuf_overflow": 64 * MOST_BODY}
# A page asks for its few files at once; that some wait a moment is not worth a line.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


@dataclass
class Serving:
    """Pages that listen. ``run`` serves until it is ended; ``beside`` does so in a thread."""

    app: Flask
    server: Any = field(repr=False)
    thread: threading.Thread = field(init=False, repr=False)
    ended: threading.Event = field(default_factory=threading.Event, repr=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def address(self) -> str:
        """The address to open; it works once, and the next one is announced then."""
        gate: Gate = self.app.extensions["gate"]
        return gate.address

    @property
    def desk(self) -> Desk:
        """What lies on the desk."""
        found: Desk = self.app.extensions["desk"]
        return found

    @property
    def automatic(self) -> Automatic:
        """What syncs by itself."""
        found: Automatic = self.app.extensions["automatic"]
        return found

    def run(self) -> None:
        """Serve until Ctrl+C, and leave no key behind."""
        try:
            self.beside()
            # Not join(): interrupted, it takes a thread that goes on for one that has ended. In turns,
            # since a signal that comes just before one wakes nobody.
            while not self.ended.wait(A_SECOND):
                pass
        except KeyboardInterrupt:
            pass
        finally:
            self.close()

    def beside(self) -> "Serving":
        """Serve in a thread of its own, and sync by itself in another."""
        self.thread.start()
        self.automatic.thread.start()
        return self

    def close(self) -> None:
        """Lock and stop listening."""
        self.desk.lock()
        self.automatic.close()
        # First: a worker that has answered still pulls the trigger, which must then be open.
        self.server.task_dispatcher.shutdown()
        if self.thread.is_alive():
            # In the thread that serves: a socket closed by another one makes its select() raise.
            self.server.trigger.pull_trigger(self._hang_up)
            self.thread.join()
        else:
            self._hang_up()

    def _serve(self) -> None:
        try:
            self.server.run()
        finally:
            self.ended.set()

    def _hang_up(self) -> None:
        for channel in list(self.server.active_channels.values()):
            channel.handle_close()
        self.server.close()


def start(
    config: Config, port: int = 0, announce: Callable[[str], None] = lambda address: None
) -> Serving:
    """Listen on this port, or on a free one, and announce the address to open."""
    app = create_app(config, port=port, announce=announce)
    server = create_server(
        app,
        host=HOST,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_SENT,
        **IN_MEMORY,
    )
    gate: Gate = app.extensions["gate"]
    gate.port = server.effective_port
    announce(gate.address)
    return Serving(app, server)
