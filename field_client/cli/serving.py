"""The command that serves the laptop's pages: serve."""

import webbrowser

import click

from field_client import serving
from field_client.cli import speech
from field_client.config import Config


@speech.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A free one by default.")
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
def serve(port: int, no_browser: bool) -> None:
    """Serve the pages of this laptop on 127.0.0.1, and open them.

    Each printed address opens one browser, once; then the next one is printed.
    """
    context = click.get_current_context()

    def announce(address: str) -> None:
        # The next address is announced from the thread that answered the browser.
        with context.scope(cleanup=False):
            speech.say(address, address=address)

    started = serving.start(Config.read(), port, announce)
    if not no_browser:
        webbrowser.open(started.address)
    started.run()


commands: list[click.Command] = [serve]
