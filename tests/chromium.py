"""Where the browser is, and how its absence is told: aloud at a desk, as a failure in CI."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_RUN = "BROWSER TESTS NOT RUN"


def find() -> str | None:
    """The path of the first browser on PATH that Playwright can drive."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def in_ci() -> bool:
    """Whether a missing browser is a failure."""
    return os.environ.get("CI") == "true"


def missing() -> str:
    """The sentence for a machine without one."""
    return f"{NOT_RUN}: no Chromium found (looked for {', '.join(NAMES)} on PATH)"
