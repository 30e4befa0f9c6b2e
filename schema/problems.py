"""Every way to say no. Each has a code for machines, a sentence for people and an HTTP status.

A Problem is raised anywhere and turned into an answer in one place at each end: the server's error
handler, the laptop's error handler, the two command lines. ``details`` says more (fields, candidates);
``kept`` says what was kept, when anything was.
"""

from typing import Any


class Problem(Exception):
    """Something was refused or could not be done."""

    code = "problem"
    status = 400
    sentence = "This could not be done."

    def __init__(self, sentence: str = "", *, kept: str = "", **details: Any) -> None:
        self.said = sentence or self.sentence
        self.kept = kept
        self.details = details
        super().__init__(self.said)

    def as_dict(self) -> dict[str, Any]:
        """The problem as it is shown to a machine."""
        body: dict[str, Any] = {"code": self.code, "sentence": self.said, **self.details}
        return {**body, "kept": self.kept} if self.kept else body


class BadValue(Problem):
    """One value cannot be stored; raised by a field for itself."""

    code, status, sentence = "bad-value", 422, "This value cannot be stored."


class Invalid(Problem):
    """Values of a record cannot be stored. details: fields {name: [sentence]}."""

    code, status, sentence = "invalid", 422, "Some values cannot be stored."


class NotAPicture(Problem):
    """Bytes are no picture that is taken here: another kind, broken, or beyond all measure."""

    code, status, sentence = (
        "not-a-picture",
        422,
        "This is no picture that can be read. Take a JPEG, PNG or WebP, or photograph the page.",
    )


class WrongOffset(Problem):
    """A chunk does not begin where what is here ends. details: offset, where it must."""

    code, status, sentence = "wrong-offset", 409, "This is not where the upload goes on."


class WrongHash(Problem):
    """A chunk, or the whole, is not what its hash says. details: offset, where to go on."""

    code, status, sentence = "wrong-hash", 422, "These bytes were changed on the way."


class UnknownEntity(Problem):
    """No such noun."""

    code, status, sentence = "unknown-entity", 422, "There is no such kind of record."


class UnknownField(Problem):
    """No such field, where only declared fields are taken (page, import, shell). details: field."""

    code, status, sentence = "unknown-field", 422, "There is no such field."


class UnknownReference(Problem):
    """A reference names nothing that is known here. details: field, value."""

    code, status, sentence = (
        "unknown-reference",
        422,
        "This refers to a record that is not known here.",
    )


class Ambiguous(Problem):
    """A typed reference fits several records. details: candidates [(id, label)]."""

    code, status, sentence = "ambiguous", 422, "Several records fit. Say which one."


class Refused(Problem):
    """A rule that forbids is broken. details: rule."""

    code, status, sentence = "refused-by-rule", 422, "A rule of the programme forbids this."


class NotPrinted(Problem):
    """A paper that would say what is not so, or what it must not."""

    code, status, sentence = "not-printed", 409, "There is no paper of this."


class NotFound(Problem):
    """It does not exist, or is outside what the asker may see: the two answer alike."""

    code, status, sentence = "not-found", 404, "There is no such record."


class NotAllowed(Problem):
    """The asker may see it but not do this."""

    code, status, sentence = "not-allowed", 403, "You may not do this."


class NotSignedIn(Problem):
    """Nobody is signed in, or the device's token is not known."""

    code, status, sentence = "not-signed-in", 401, "Sign in first."


class Clash(Problem):
    """A form showed a version that somebody has changed since. details: fields {name: {yours, theirs}}."""

    code, status, sentence = "clash", 409, "Somebody else changed this while you were writing."


class AlreadySettled(Problem):
    """The dispute was settled by somebody else meanwhile."""

    code, status, sentence = "already-settled", 409, "This dispute has been settled meanwhile."


class NotASync(Problem):
    """The body is not a sync body: no HELLO, a line too long, not JSON."""

    code, status, sentence = "not-a-sync", 400, "This is not a sync body."


class TooLarge(Problem):
    """A body or a line is over its limit."""

    code, status, sentence = "too-large", 413, "This is larger than a sync may send at once."


class WrongFormat(Problem):
    """The body is of a kind, or compressed in a way, that is not taken here."""

    code, status, sentence = "wrong-format", 415, "This kind of body is not taken here."


class NotABundle(Problem):
    """A file is no bundle, or was cut or changed: none of it is taken."""

    code, status, sentence = (
        "not-a-bundle",
        422,
        "This is no file of a stick, or it was cut or changed on the way. Nothing of it was taken.",
    )


class OtherBundle(Problem):
    """A bundle is whole, and for another registry, or for another laptop."""

    code, status, sentence = (
        "other-bundle",
        409,
        "This stick is not meant for here. Nothing of it was taken.",
    )


class OlderRegistry(Problem):
    """The laptop has seen numbers that this registry has not given: it was put back to an older state."""

    code, status, sentence = (
        "older-registry",
        409,
        "This registry is older than what this laptop has seen. Its administrator must restore it.",
    )


class WrongCode(Problem):
    """An enrolment code is wrong, used or too old."""

    code, status, sentence = (
        "wrong-code",
        403,
        "This code is wrong, used, or too old. Ask for a new one.",
    )


class WrongPassphrase(Problem):
    """The laptop's passphrase does not open its store."""

    code, status, sentence = "wrong-passphrase", 403, "This passphrase does not open the store."


class NotEncrypted(Problem):
    """The SQLite that would be used does not encrypt: refused."""

    code, status, sentence = (
        "not-encrypted",
        500,
        "This laptop's SQLite does not encrypt. Nothing was opened.",
    )


class NotSaved(Problem):
    """The laptop's disk is full or cannot be written: nothing of the entry was kept."""

    code, status, sentence = (
        "not-saved",
        507,
        "This is not saved: the laptop's disk is full or cannot be written. Make room, then save again.",
    )


class Busy(Problem):
    """Something else writes into the laptop's store for longer than one waits: a sync, another program."""

    code, status, sentence = (
        "busy",
        503,
        "The store is in use by a sync or another program. Nothing was saved. Try again soon.",
    )


class Damaged(Problem):
    """The file of the laptop's store was altered: by its disk, or by somebody."""

    code, status, sentence = (
        "damaged",
        500,
        "The store on this laptop is damaged. Enter nothing more here, and show it to your administrator.",
    )


class Unreachable(Problem):
    """The registry does not answer. The command line exits 3."""

    code, status, sentence = (
        "unreachable",
        503,
        "The registry does not answer. Everything is kept here.",
    )


class TooOften(Problem):
    """Too many tries. details: retry_after, in seconds."""

    code, status, sentence = "too-often", 429, "Too many tries. Wait a little, then try again."


class FormExpired(Problem):
    """A form without the proof that this server showed it to this visitor."""

    code, status, sentence = (
        "form-expired",
        400,
        "This form is too old, or was not made here. Go back, reload the page and send it again.",
    )


class Revoked(Problem):
    """This device may no longer be used."""

    code, status, sentence = "revoked", 401, "This laptop may no longer be used."


class Wiped(Revoked):
    """This device was wiped, as the registry asked. kept says what stays sealed."""

    code, status, sentence = "wiped", 401, "This laptop may no longer be used and has been wiped."


class BadSetting(Problem):
    """A DDR_* setting is unknown or cannot be read; the program does not start."""

    code, status, sentence = "bad-setting", 500, "A setting cannot be read."


class WrongUse(Problem):
    """A command's words are off. The command line exits 2."""

    code, status, sentence = "wrong-use", 400, "The command's words are off."
