"""Signing in and out: sessions, their ids, guesses, and what a stranger can learn."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from server import accounts, moments
from server.accounts.people import account
from server.actor import SYSTEM
from server.db import aside, reading, writing
from server.signin import throttle
from server.signin.session import session_table
from tests.server.desk import PASSWORD, Desk, address

ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "///evil",
]


def rows(app: Flask) -> int:
    """How many sessions are stored."""
    with app.app_context(), reading() as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(session_table)).scalar_one()


def test_the_right_password_opens_the_pages(desk: Desk) -> None:
    grace = desk.signed_in("Grace")
    assert grace.get("/people").status_code == 200


def test_an_address_is_the_same_in_capitals_and_with_spaces(desk: Desk) -> None:
    desk.add("Grace")
    answer = desk.visitor().post("/login", email="  GRACE@Example.org ", password=PASSWORD)
    assert answer.status_code == 302


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(desk: Desk) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    wrong, unknown = visitor.sign_in("Grace", "not this"), visitor.sign_in("Nobody", "not this")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.text.replace(address("Grace"), address("Nobody")) == unknown.text


def test_an_account_without_a_password_cannot_sign_in(desk: Desk, app: Flask) -> None:
    with app.app_context(), writing() as conn:
        accounts.add_account(conn, SYSTEM, address("Awa"), "Awa", None)
    assert desk.visitor().sign_in("Awa", "None").status_code == 200


def test_the_system_cannot_sign_in(desk: Desk) -> None:
    assert desk.visitor().post("/login", email="system", password="").status_code == 200


def test_a_session_id_from_before_signing_in_is_worth_nothing_after(desk: Desk) -> None:
    desk.add("Grace")
    visitor, thief = desk.visitor(), desk.visitor()
    visitor.token()
    planted = visitor.cookie()
    assert planted is not None
    visitor.sign_in("Grace")
    thief.client.set_cookie("session", planted)
    assert visitor.cookie() != planted
    assert thief.get("/people").location == "/login?next=/people"


def test_a_chosen_session_id_is_not_taken_over(desk: Desk) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    visitor.client.set_cookie("session", "A" * 43)
    visitor.sign_in("Grace")
    assert visitor.cookie() not in (None, "A" * 43)


def test_the_database_holds_no_session_id_that_could_be_used(desk: Desk, app: Flask) -> None:
    grace = desk.signed_in("Grace")
    with app.app_context(), reading() as conn:
        stored = conn.execute(sa.select(session_table.c.id)).scalars().all()
    assert len(stored) == 1
    assert grace.cookie() not in stored


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(desk: Desk) -> None:
    said = desk.visitor().get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    assert "Path=/" in said


def test_a_visitor_who_only_looks_leaves_no_row(desk: Desk, app: Flask) -> None:
    visitor = desk.visitor()
    for _ in range(3):
        visitor.get("/login")
    assert rows(app) == 0


def test_signing_out_ends_the_session_for_whoever_copied_it(desk: Desk, app: Flask) -> None:
    grace, copy = desk.signed_in("Grace"), desk.visitor()
    copy.client.set_cookie("session", grace.cookie() or "")
    before = grace.cookie()
    answer = grace.post("/logout")
    assert grace.cookie() != before
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert copy.get("/people").status_code == 302
    assert rows(app) == 0


def test_signing_out_by_a_link_does_nothing(desk: Desk) -> None:
    grace = desk.signed_in("Grace")
    assert grace.get("/logout").status_code == 405
    assert grace.get("/people").status_code == 200


def test_a_session_ends_when_nobody_clicks(desk: Desk, app: Flask) -> None:
    grace = desk.signed_in("Grace")
    with app.app_context(), aside() as conn:
        long_ago = moments.moment(-timedelta(minutes=31))
        conn.execute(session_table.update().values(seen_at=long_ago))
    assert grace.get("/people").status_code == 302


def test_a_session_ends_after_its_life_however_busy(desk: Desk, app: Flask) -> None:
    grace = desk.signed_in("Grace")
    with app.app_context(), aside() as conn:
        conn.execute(session_table.update().values(expires_at=moments.moment()))
    assert grace.get("/people").status_code == 302


def test_a_click_keeps_a_session_from_idling(desk: Desk, app: Flask) -> None:
    grace = desk.signed_in("Grace")
    with app.app_context(), aside() as conn:
        before = moments.moment(-timedelta(minutes=29))
        conn.execute(session_table.update().values(seen_at=before))
    grace.get("/people")
    with app.app_context(), reading() as conn:
        assert conn.execute(sa.select(session_table.c.seen_at)).scalar_one() > before


def test_guessing_at_one_account_is_slowed_and_its_owner_is_not_kept_out(
    desk: Desk, app: Flask
) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    answers = [visitor.sign_in("Grace", "guess").status_code for _ in range(7)]
    assert answers == [200] * 5 + [429, 429]
    assert visitor.sign_in("Grace").status_code == 429
    assert throttle.ACCOUNT.wait(1000) == timedelta(seconds=60)


def test_a_slowed_answer_says_when_to_come_back(desk: Desk) -> None:
    visitor = desk.visitor()
    answers = [visitor.sign_in("Nobody", "guess") for _ in range(6)]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_guessing_at_many_accounts_from_one_address_is_slowed(desk: Desk) -> None:
    visitor = desk.visitor()
    answers = [visitor.sign_in(f"Somebody{n}", "guess").status_code for n in range(22)]
    assert answers == [200] * 20 + [429, 429]


def test_the_right_password_forgets_the_wrong_ones(desk: Desk) -> None:
    desk.add("Grace")
    for _ in range(3):
        assert [desk.visitor().sign_in("Grace", "typo").status_code for _ in range(3)] == [200] * 3
        assert desk.visitor().sign_in("Grace").status_code == 302


def test_an_office_that_signs_in_all_day_is_never_slowed(desk: Desk, app: Flask) -> None:
    desk.add("Grace")
    for _ in range(15):
        assert desk.visitor().sign_in("Grace", "typo").status_code == 200
        assert desk.visitor().sign_in("Grace").status_code == 302
    with app.app_context(), reading() as conn:
        assert conn.execute(sa.select(throttle.login_throttle.c.failures)).scalars().all() == [0]


def test_what_was_tried_long_ago_is_forgotten(desk: Desk, app: Flask) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    for _ in range(6):
        visitor.sign_in("Grace", "guess")
    with app.app_context(), aside() as conn:
        long_ago = moments.moment(-timedelta(days=2))
        values = {"last_at": long_ago, "blocked_until": long_ago}
        conn.execute(throttle.login_throttle.update().values(values))
    answers = [visitor.sign_in("Grace", "guess").status_code for _ in range(5)]
    assert answers == [200] * 5


def test_the_throttle_names_nobody(desk: Desk, app: Flask) -> None:
    desk.visitor().sign_in("Grace", "guess")
    with app.app_context(), reading() as conn:
        keys = conn.execute(sa.select(throttle.login_throttle.c.key)).scalars().all()
    assert len(keys) == 2
    assert not any("grace" in key for key in keys)


def test_a_password_is_kept_as_argon2id(desk: Desk, app: Flask) -> None:
    desk.add("Grace")
    with app.app_context(), reading() as conn:
        kept = conn.execute(sa.select(account.c.password)).scalar_one()
    assert kept.startswith("$argon2id$")


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_never_leads_to_another_site(desk: Desk, elsewhere: str) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    answer = visitor.post("/login", email=address("Grace"), password=PASSWORD, next=elsewhere)
    assert answer.status_code == 302
    assert urlsplit(answer.location).netloc == ""
    assert not answer.location.startswith(("//", "/\\", "\\"))


def test_signing_in_leads_back_to_where_one_was_going(desk: Desk) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    assert 'name="next" value="/people"' in visitor.get("/login?next=/people").text
    answer = visitor.post("/login", email=address("Grace"), password=PASSWORD, next="/people")
    assert answer.location == "/people"


def test_nobody_is_remembered_beyond_the_session(desk: Desk) -> None:
    desk.add("Grace")
    visitor = desk.visitor()
    visitor.post("/login", email=address("Grace"), password=PASSWORD, remember="y")
    assert visitor.client.get_cookie("remember_token") is None


def test_no_token_in_address_header_or_body_signs_anybody_in(desk: Desk, app: Flask) -> None:
    desk.add("Grace")
    with app.app_context():
        token = (
            app.extensions["security"].datastore.find_user(email=address("Grace")).get_auth_token()
        )
    visitor = desk.visitor()
    assert visitor.get(f"/people?auth_token={token}").status_code == 302
    assert visitor.get("/people", headers={"Authentication-Token": token}).status_code == 302
    assert visitor.get("/people", json={"auth_token": token}).status_code == 302


def test_changing_ones_password_ends_ones_other_sessions(desk: Desk) -> None:
    here, there = desk.signed_in("Grace"), desk.signed_in("Grace")
    new = "another long password"
    answer = here.post("/change", password=PASSWORD, new_password=new, new_password_confirm=new)
    assert answer.status_code == 302
    assert here.get("/people").status_code == 200
    assert there.get("/people").status_code == 302
    assert desk.visitor().sign_in("Grace").status_code == 200
    assert desk.visitor().sign_in("Grace", new).status_code == 302


def test_changing_a_password_asks_for_the_old_one_and_counts_the_guesses(desk: Desk) -> None:
    grace = desk.signed_in("Grace")
    new = "another long password"
    tries = [
        grace.post("/change", password="guess", new_password=new, new_password_confirm=new)
        for _ in range(6)
    ]
    assert [answer.status_code for answer in tries] == [200] * 5 + [429]


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaa"])
def test_a_weak_password_is_refused(desk: Desk, weak: str) -> None:
    grace = desk.signed_in("Grace")
    answer = grace.post("/change", password=PASSWORD, new_password=weak, new_password_confirm=weak)
    assert answer.status_code == 200
    assert desk.visitor().sign_in("Grace").status_code == 302


@pytest.mark.parametrize("language", ["en", "ar", "fr", "es"])
def test_the_page_is_in_the_readers_language(desk: Desk, language: str) -> None:
    page = desk.visitor().get("/login", headers={"Accept-Language": language}).text
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in page


def test_a_chosen_language_follows_the_account_to_another_browser(desk: Desk) -> None:
    answer = desk.signed_in("Grace").post("/display", language="ar", _next="/people")
    assert answer.location == "/people"
    assert '<html lang="ar"' in desk.signed_in("Grace").get("/people").text


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_choosing_a_language_never_leads_to_another_site(desk: Desk, elsewhere: str) -> None:
    assert desk.visitor().post("/display", language="fr", _next=elsewhere).location == "/"
