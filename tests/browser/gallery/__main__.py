"""Serves the gallery at http://127.0.0.1:5005 for somebody to look at."""

from tests.browser.gallery import create_gallery

create_gallery().run(port=5005)
