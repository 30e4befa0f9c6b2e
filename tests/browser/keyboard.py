"""A registration by keys alone, step by step."""

import re

from playwright.sync_api import Page, expect

from schema.picture import Picture

FOCUS = "document.activeElement.name || document.activeElement.textContent.trim()"


def at_step(page: Page, step: str) -> None:
    """Wait for a step of the registration."""
    expect(page).to_have_url(re.compile(rf"/register/[0-9a-f-]+/{step}$"))
    page.wait_for_load_state()


def typed(page: Page, *keys_pressed: str) -> None:
    """Type words and press keys: a word in angle brackets is a key."""
    for one in keys_pressed:
        if one.startswith("<"):
            page.keyboard.press(one.strip("<>"))
        else:
            page.keyboard.type(one)


def to_the_weapon(page: Page) -> None:
    """From the first page to the weapon, with keys alone."""
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS).startswith("Register someone"):
            break
    typed(page, "<Enter>")
    at_step(page, "search")
    typed(page, "Ibrahim Sow", "<Tab>", "Halima", "<Tab>", "1990", "<Enter>")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("known here")
    assert page.evaluate(FOCUS).startswith("Not here: register")
    typed(page, "<Enter>")
    at_step(page, "information")
    typed(page, "<Space>", "<Tab>", "<Space>", "<Enter>")
    at_step(page, "who")
    assert page.evaluate(FOCUS) == "name"
    typed(page, *["<Tab>"] * 8, "<ArrowRight>")
    expect(page.locator("#age")).to_contain_text("35 or 36 years")
    typed(page, "<Enter>")
    at_step(page, "screening")
    typed(page, "<Space>", "<Enter>")
    at_step(page, "weapon")


def photographed(page: Page, picture: Picture) -> None:
    """From the photo to the household, with a picture, with keys alone."""
    at_step(page, "photo")
    assert page.evaluate(FOCUS).startswith("Save and go on")
    typed(page, "<Shift+Tab>")
    assert page.evaluate(FOCUS) == "picture"
    with page.expect_file_chooser() as asked:
        typed(page, "<Space>")
    asked.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture.body})
    typed(page, "<Tab>", "<Enter>")
    at_step(page, "household")
