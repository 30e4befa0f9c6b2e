"""Whether the server says truly that it lives and is ready, and to whom it shows its figures."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from server.db import writing
from tests.server.desk import Desk

TOKEN = "a metrics token of thirty-two signs"


def test_a_server_that_runs_says_so(desk: Desk) -> None:
    assert desk.visitor().get("/health/live").json == {"status": "live"}


def test_a_server_over_a_migrated_database_is_ready(desk: Desk) -> None:
    answer = desk.visitor().get("/health/ready")
    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_a_server_whose_database_lacks_a_migration_is_not_ready(app: Flask, desk: Desk) -> None:
    with app.app_context(), writing() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    assert desk.visitor().get("/health/ready").status_code == 503


def test_a_server_whose_database_is_gone_lives_and_is_not_ready(app: Flask, another) -> None:
    gone = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    client = another(replace(app.extensions["ddr_config"], database_url=gone)).test_client()
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/ready").json["code"] == "unavailable"
    assert client.get("/login").status_code == 200


def test_figures_count_answers_by_route_and_status(desk: Desk) -> None:
    visitor = desk.visitor()
    visitor.get("/login")
    visitor.get("/no-such-page")
    figures = visitor.get("/metrics").text
    assert 'ddr_answers_total{endpoint="security.login",status="200"} 1.0' in figures
    assert 'ddr_answers_total{endpoint="none",status="404"} 1.0' in figures


@pytest.mark.parametrize("asker", ["192.0.2.7", "::ffff:192.0.2.7", ""])
def test_figures_are_not_for_other_machines(desk: Desk, asker: str) -> None:
    answer = desk.visitor().get("/metrics", environ_overrides={"REMOTE_ADDR": asker})
    assert answer.status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip"])
def test_what_an_undeclared_proxy_passes_on_is_not_this_machine(desk: Desk, header: str) -> None:
    assert desk.visitor().get("/metrics", headers={header: "192.0.2.7"}).status_code == 404


def test_a_monitor_with_the_token_reads_figures_from_elsewhere(app: Flask, another) -> None:
    config = replace(app.extensions["ddr_config"], metrics_token=TOKEN)
    client = another(config).test_client()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    for token, status in ((TOKEN, 200), ("guess", 404), ("", 404), ("\xff", 404)):
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.get("/metrics", headers=headers, environ_overrides=elsewhere)
        assert answer.status_code == status


def test_behind_a_declared_proxy_the_asker_is_who_the_proxy_says(app: Flask, another) -> None:
    client = another(replace(app.extensions["ddr_config"], proxies=1)).test_client()
    for asker, status in (("192.0.2.7", 404), ("127.0.0.1", 200)):
        answer = client.get("/metrics", headers={"X-Forwarded-For": asker})
        assert answer.status_code == status
