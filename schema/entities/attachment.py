"""A photo or a scanned paper of a case: what it shows, and by which hash its bytes are known."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Hash, Ref, Text, Whole

# Bytes of a picture, and of its preview, at most.
MOST_ORIGINAL, MOST_PREVIEW = 1_500_000, 24_000
SHOW = "To know the person again, and to keep a paper that they signed or showed (IDDRS 4.20)"
FIND = "To find the bytes, and to know that they are the ones that were taken"


class Attachment(Entity):
    """One picture. The record travels like any other; its bytes follow later, by their hash.

    Nobody has to be photographed, and that somebody was not is recorded nowhere (red line 4).
    """

    noun = "attachment"
    label = "Photo or paper"
    plural = "Photos and papers"
    hangs_on = "case_id"
    columns = ("kind", "title", "taken_on")
    title_field = "title"
    adding = "Add a photo or paper"
    none_yet = "No photo or paper is recorded. None is needed."

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose it is", required=True)
    kind = Choice(
        "What it is", codes.ATTACHMENT_KIND, sensitivity="high", purpose=SHOW, required=True
    )
    title = Text(
        "Title", hint="What it shows, in a few words", longest=120, sensitivity="high", purpose=SHOW
    )
    taken_on = Day("Taken on", sensitivity="moderate", purpose=SHOW)
    # What the bytes are: written once with the record, and one value.
    sha256 = Hash("SHA-256", on_form=False, sensitivity="none", purpose=FIND, group="content")
    size = Whole(
        "Size in bytes",
        least=1,
        most=MOST_ORIGINAL,
        on_form=False,
        sensitivity="none",
        purpose=FIND,
        group="content",
    )
    media_type = Choice(
        "Media type",
        codes.MEDIA_TYPE,
        on_form=False,
        sensitivity="none",
        purpose=FIND,
        group="content",
    )
    preview_sha256 = Hash(
        "SHA-256 of the preview", on_form=False, sensitivity="none", purpose=FIND, group="content"
    )
    preview_size = Whole(
        "Size of the preview in bytes",
        least=1,
        most=MOST_PREVIEW,
        on_form=False,
        sensitivity="none",
        purpose=FIND,
        group="content",
    )
