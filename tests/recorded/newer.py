"""A newer version of the whole, made of this one: one more field, one more code, one more noun."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NOUN = '''"""A visit of the programme's people to a market, a school or a workshop."""

from schema.entity import Entity
from schema.fields import Ref, Text


class Outing(Entity):
    """Where somebody was taken."""

    noun = "outing"
    label = "Outing"
    plural = "Outings"
    hangs_on = "case_id"

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose", required=True)
    place = Text("Place", sensitivity="none", purpose="Where")
'''
MIGRATION = '''"""A further column and a further table."""

import sqlalchemy as sa
from alembic import op

from server.tables import table_of

revision, down_revision = "9999", "{head}"


def upgrade():
    op.add_column("person", sa.Column("nickname", sa.Text(), nullable=True))
    table_of("outing").create(op.get_bind())
'''
LAPTOP = '''"""What somebody does on a laptop of the newer version."""

import json
import sys
from pathlib import Path

from field_client import enrolment, keys, sync
from field_client.store import acts, outbox, saving

keys.MEMORY_KIB = 1_024
folder, url, code, scope = sys.argv[1:]
laptop = enrolment.enrol(Path(folder), url, code, "four words by heart")
sync.run(laptop)
said = {"name": "Fatou Ndiaye", "sex": "female", "birth_date": "1990-01-01", "nickname": "Fa"}
person = acts.create("person", {**said, "caseload_id": scope})
case = acts.create("case", {"person_id": person.record, "caseload_id": scope, "process": "adult"})
cousin = {"case_id": case.record, "relation": "cousin", "sex": "female"}
outing = {"case_id": case.record, "place": "The market"}
with laptop.opened() as db:
    for changes in (
        [person, case],
        [acts.create("household_member", cousin)],
        [acts.create("outing", outing)],
    ):
        saving.save(db, changes)
first = sync.run(laptop)
sync.run(laptop)
with laptop.opened() as db:
    outcomes = [row["outcome"] for row in outbox.held(db)]
print(json.dumps({"person": person.record, "outcomes": outcomes, "unequal": first.unequal}))
'''
SERVE = "import sys; from server.cli import main; main(sys.argv[1:], prog_name='ddr-server')"


def make(folder: Path) -> Path:
    """The source of a newer version in this folder."""
    for name in ("schema", "server", "field_client", "migrations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    _insert(folder, "schema/entities/person.py", "    alias = ", _NICKNAME)
    _insert(folder, "schema/codes.py", '    ("sibling", ', '    ("cousin", "Cousin"),\n')
    nouns = "schema/entities/__init__.py"
    _insert(folder, nouns, "from schema.entities.person ", _IMPORT)
    _insert(folder, nouns, "    FollowUp,\n", "    Outing,\n")
    _insert(folder, nouns, '    "area": 1,\n', '    "outing": 99,\n')
    (folder / "schema/entities/outing.py").write_text(NOUN, encoding="utf-8")
    text = MIGRATION.format(head=_head(folder / "migrations/versions"))
    (folder / "migrations/versions/9999_newer.py").write_text(text, encoding="utf-8")
    (folder / "laptop.py").write_text(LAPTOP, encoding="utf-8")
    (folder / "serve.py").write_text(SERVE, encoding="utf-8")
    return folder


_NICKNAME = '    nickname = Text("Nickname", sensitivity="severe", purpose=IDENTITY)\n'
_IMPORT = "from schema.entities.outing import Outing\n"


def laptop(folder: Path, home: Path, url: str, code: str, scope: str) -> dict[str, Any]:
    """Somebody works on a laptop of that version; whom they registered, and what became of it."""
    words = [sys.executable, "laptop.py", str(home), url, code, scope]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _insert(folder: Path, name: str, before: str, text: str) -> None:
    """Put a line before another one, of which there is one."""
    path = folder / name
    whole = path.read_text("utf-8")
    assert whole.count(before) == 1, (name, before)
    path.write_text(whole.replace(before, text + before), encoding="utf-8")


def _head(folder: Path) -> str:
    """The newest migration of this version."""
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("0*.py"))]
    found = [re.search(r'^revision = "(\w+)"', text, re.MULTILINE) for text in texts]
    return max(match[1] for match in found if match)
