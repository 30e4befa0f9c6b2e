"""``ddr-server init`` and ``serve``: make the registry, and run it."""

import gc
import os
import shutil
import tempfile
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask
from gunicorn.app.base import BaseApplication
from prometheus_client import multiprocess

from schema.problems import WrongUse
from server import accounts, create_app, devices, epochs, health, logs
from server.actor import SYSTEM
from server.cli.speech import command, note, opened, say
from server.config import Config
from server.db import reading, upgrade, writing
from server.passwords import made_password


@command("init")
@click.option("--admin", metavar="EMAIL", help="Make sure that this administrator exists.")
def init(admin: str | None) -> None:
    """Make the registry, or upgrade it. Running it again changes nothing."""
    config = Config.read()
    _make_folder(config)
    upgrade(config.database_url)
    note(f"The registry is ready in {_shown(config.database_url)}")
    with opened(config):
        made = _ensure_admin(admin) if admin else {}
    first = f"{admin}, first password: {made['password']}" if "password" in made else "ready"
    say(first, ready=True, **made)


@command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(2, 64))
@click.option("--cert", type=click.Path(exists=True, dir_okay=False), help="TLS certificate chain.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="Its private key.")
def serve(
    host: str, port: int, workers: int, threads: int, cert: str | None, key: str | None
) -> None:
    """Run the registry until it is told to stop; requests under way are answered first."""
    if bool(cert) != bool(key):
        raise WrongUse("--cert and --key go together.")
    config = Config.read()
    if cert:
        config = replace(config, https=True)
    if not (config.https or _is_loopback(host)):
        raise WrongUse(
            f"{host} would be served in clear. Give --cert and --key, or set DDR_HTTPS=yes where a "
            "proxy in front ends TLS."
        )
    with opened(config):  # or NotReady, before a port is taken
        epochs.require_not_put_back()
        with reading() as conn:
            devices.require_seal_key(conn)
        logs.capture()
    shown = f"[{host}]" if ":" in host else host
    Server(
        config,
        bind=f"{shown}:{port}",
        workers=workers,
        threads=threads,
        certfile=cert,
        keyfile=key,
    ).run()


commands: list[click.Command] = [init, serve]


class Server(BaseApplication):
    """Gunicorn in this process. ``gthread``, never ``sync``: a slow laptop must not hold a worker."""

    def __init__(self, config: Config, **options: Any) -> None:
        self.config = config
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to run."""
        self.meters = tempfile.mkdtemp(prefix="ddr-meters-")
        os.environ[health.SHARED] = self.meters
        settled = {
            "worker_class": "gthread",
            "timeout": 120,
            "graceful_timeout": 30,
            "keepalive": 5,
            "loglevel": "warning",
            # Whom to believe about the asker's scheme is DDR_PROXIES' to say.
            "secure_scheme_headers": {},
            "limit_request_fields": 60,
            "when_ready": _say_where,
            "post_worker_init": _settle,
            "child_exit": _forget_worker,
            "on_exit": self._clean_up,
        }
        for name, value in (settled | self.options).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app, made in each worker: connections are not shared across a fork."""
        return create_app(self.config)

    def _clean_up(self, _arbiter: Any) -> None:
        shutil.rmtree(self.meters, ignore_errors=True)


def _say_where(arbiter: Any) -> None:
    scheme = "https" if arbiter.cfg.is_ssl else "http"
    host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    say(f"Serving at {scheme}://{shown}:{port}", serving=f"{scheme}://{shown}:{port}")


def _settle(_worker: Any) -> None:
    """Look for reference cycles among what requests make, seldom, and never in what the program is.

    A request makes tens of thousands of objects that end by themselves. As Python looks by default,
    two fifths of a push went into walking the same modules and mappings again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


# Objects made before the youngest are looked at, and how many looks before older ones are. The
# cycles of fifty thousand small objects are a few megabytes for a worker.
SELDOM = (50_000, 20, 20)


def _forget_worker(_arbiter: Any, worker: Any) -> None:
    multiprocess.mark_process_dead(worker.pid)


def _make_folder(config: Config) -> None:
    url = sa.make_url(config.database_url)
    if url.drivername == "sqlite":
        Path(str(url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _ensure_admin(email: str) -> dict[str, str]:
    """Make the first administrator, who may do nothing but give others what they need."""
    with writing() as conn:
        known = accounts.seek(conn, email=accounts.folded(email))
        password = None if known else made_password()
        account_id = (
            known["id"] if known else accounts.add_account(conn, SYSTEM, email, password=password)
        )
        accounts.grant(conn, SYSTEM, account_id, "administrator", accounts.ALL_PLACES)
    return {"admin": email, "id": account_id} | ({"password": password} if password else {})


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(url: str) -> str:
    return sa.make_url(url).render_as_string(hide_password=True)
