"""Build shim: translations are compiled, and no wheel leaves without the browser's files and the fonts."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

MADE = {Path("schema/static/vendor"): "*.css", Path("schema/fonts"): "*.ttf"}


def compile_translations() -> None:
    """Write the .mo beside each .po of the packages."""
    for po in Path().glob("*/translations/*/LC_MESSAGES/*.po"):
        with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=po.parts[2]))


class BuildWithAssets(build_py):
    """build_py that first makes what is not in git."""

    def run(self) -> None:
        """Check the assets, compile the translations; an editable install needs neither."""
        if not self.editable_mode:
            for folder, kind in MADE.items():
                if not list(folder.glob(kind)):
                    raise SystemExit(
                        f"{folder} is empty: run `make assets` before building a wheel"
                    )
            compile_translations()
        super().run()


setup(cmdclass={"build_py": BuildWithAssets})
