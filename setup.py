"""Build shim: translations are compiled, and no wheel leaves without the browser's files."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

VENDOR = Path("schema/static/vendor")


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
            if not list(VENDOR.glob("*.css")):
                raise SystemExit(f"{VENDOR} is empty: run `make assets` before building a wheel")
            compile_translations()
        super().run()


setup(cmdclass={"build_py": BuildWithAssets})
