"""A person's passage through the programme. Everything reintegration does hangs on it."""

from schema import codes
from schema.entity import Entity
from schema.fields import Choice, Day, Ref


class Case(Entity):
    """One passage of one person. Its gate is derived from its gate events, never typed."""

    noun = "case"
    label = "Case"
    plural = "Cases"
    hangs_on = "caseload_id"

    person_id = Ref("Person", "person", purpose="Whose case it is", required=True, stamps=True)
    caseload_id = Ref(
        "Caseload",
        "caseload",
        gives_scope=True,
        purpose="Which team answers for it",
        required=True,
        stamps=True,
    )
    # Two values never wait for a person here: a child is in the child process at once.
    process = Choice(
        "Process",
        codes.PROCESS,
        sensitivity="high",
        purpose="Which rules and safeguards apply",
        required=True,
        protective="child",
        stamps=True,
    )
    category = Choice(
        "Category",
        codes.CATEGORY,
        sensitivity="high",
        purpose="Which path of the programme fits",
        donor=True,
    )
    area_id = Ref("Area", "area", purpose="Where reintegration takes place", donor=True)
    opened_on = Day("Opened on", sensitivity="none", purpose="When the passage began")
