"""Where a record is, in exact words: the same on every page of both apps.

Notes are for translators: they come with the words into the catalogues.
"""

from dataclasses import dataclass

from schema.said import Sentence


@dataclass(frozen=True)
class State:
    """One state of a record: its tag, the line under it on the record, and what it must not say."""

    tag: str
    line: str
    note: str


STATES = {
    "draft": State("Draft", "Not finished. Only on this laptop.", 'Not "saved".'),
    "here": State(
        "Only here",
        "Saved on this laptop and nowhere else, since %(when)s.",
        'A place, not a danger: no "unsafe", no "unsynced".',
    ),
    "stick": State(
        "Only here and on a stick",
        "Written to a stick on %(when)s. Not confirmed by the registry yet.",
        "A stick is not an arrival.",
    ),
    "registry": State(
        "At the registry",
        "The registry has it: arrived %(when)s.",
        '"Registry" is the programme\'s central record, the same noun everywhere.',
    ),
    "backup": State(
        "In a backup",
        "The registry has it and a checked backup holds it.",
        'A backup copy, not an "archive".',
    ),
    "disputed": State(
        "Disputed",
        "Two different values. Yours is kept. Someone must choose.",
        "A difference, not a quarrel or a fault.",
    ),
    "held": State(
        "Held",
        "Received and kept, not yet in force: %(reason)s.",
        '"Held back", never "rejected".',
    ),
}

LAPTOP = {
    "all_sent": Sentence("Everything is at the registry. Last contact %(when)s."),
    "some_here": Sentence(
        "%(count)s change only on this laptop. Oldest %(when)s.",
        "%(count)s changes only on this laptop. Oldest %(when)s.",
    ),
    "only_here": Sentence("%(count)s only here", "%(count)s only here"),
    "on_its_way": Sentence("%(count)s on its way", "%(count)s on their way"),
    "sending": Sentence(
        "Sending: %(sent)s of %(count)s change, %(kB)s of %(all_kB)s kB, about %(left)s left. "
        "You can go on working.",
        "Sending: %(sent)s of %(count)s changes, %(kB)s of %(all_kB)s kB, about %(left)s left. "
        "You can go on working.",
    ),
    "fetching": Sentence("Fetching: nothing changes on screen until all of it is here."),
    "paused": Sentence("Paused by you. %(count)s left.", "Paused by you. %(count)s left."),
    "no_network": Sentence("No network. Work goes on; everything is kept here."),
    "no_answer": Sentence(
        "There is a network, but the registry does not answer. Next try %(when)s."
    ),
    "waiting": Sentence("Another sync of this laptop goes on. This one waits for its end."),
    "last_try": Sentence("The last try, %(when)s: %(why)s"),
    "next_try": Sentence("Next try at %(time)s."),
    "by_hand": Sentence("This laptop syncs only when you press Send now."),
    "done": Sentence("Finished: %(sent)s sent, %(fetched)s fetched, %(decide)s need a decision."),
    "rehearsal": Sentence("This area is about %(MB)s MB: %(time)s on this link."),
    "stick_written": Sentence(
        "The stick holds %(count)s change. Keep this laptop's copy: it is not confirmed yet.",
        "The stick holds %(count)s changes. Keep this laptop's copy: it is not confirmed yet.",
    ),
    "stick_read": Sentence(
        "The stick confirmed %(count)s change.", "The stick confirmed %(count)s changes."
    ),
    "restored": Sentence(
        "The registry was restored. Sending again what it may have lost: %(count)s. "
        "Nothing is needed from you.",
        "The registry was restored. Sending again what it may have lost: %(count)s. "
        "Nothing is needed from you.",
    ),
    "comparing": Sentence(
        "Comparing with the registry: %(count)s record differs and is being fetched.",
        "Comparing with the registry: %(count)s records differ and are being fetched.",
    ),
    "lease": Sentence(
        "%(count)s day left before this laptop locks. Connect, or ask your supervisor for a code.",
        "%(count)s days left before this laptop locks. Connect, or ask your supervisor for a code.",
    ),
    "clock": Sentence(
        "This laptop's date looks wrong (%(date)s). Times are kept but not relied on."
    ),
    "revoked": Sentence(
        "This laptop may no longer be used. "
        "What was not sent stays sealed and can still be handed in."
    ),
    "refusing": Sentence(
        "%(count)s change is only here. Send it or write a stick first; then you can %(act)s.",
        "%(count)s changes are only here. Send them or write a stick first; then you can %(act)s.",
    ),
}
