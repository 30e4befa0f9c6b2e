"""What a person was told before they were asked: which notice, in what language, how, before whom."""

from schema import codes_information
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text

TOLD = "People are told before they are asked (IDDRS 4.20; ICRC handbook, information notice)"


class Notice(Entity):
    """An information notice given. A later version, or another language, is a further notice."""

    noun = "notice"
    label = "Information given"
    plural = "Information given"
    hangs_on = "case_id"
    columns = ("date", "version", "language", "how", "understood")
    sorted_by = "date"
    today = "date"
    adding = "Record that information was given"
    none_yet = "No information notice is recorded yet."
    appended = True

    case_id = Ref("Case", "case", gives_scope=True, purpose="Who was told", required=True)
    date = Day("Date", sensitivity="none", purpose=TOLD, required=True)
    version = Text(
        "Version of the notice", longest=40, sensitivity="none", purpose=TOLD, required=True
    )
    language = Choice(
        "Language it was given in",
        codes_information.LANGUAGE,
        sensitivity="moderate",
        purpose=TOLD,
        required=True,
    )
    how = Choice(
        "How it was given",
        codes_information.TOLD_HOW,
        sensitivity="moderate",
        purpose=TOLD,
        required=True,
    )
    understood = Flag(
        "The person said back what it means",
        sensitivity="moderate",
        purpose="Nobody is asked who was not understood",
    )
    basis = Choice(
        "Legal basis",
        codes_information.LEGAL_BASIS,
        sensitivity="none",
        purpose="Where nobody can refuse without loss, consent is no basis",
    )
    witness = Text(
        "Witness or interpreter", longest=120, sensitivity="high", purpose="Who can confirm it"
    )
    given_by = By("Given by", sensitivity="moderate", purpose="Who answers for it")
