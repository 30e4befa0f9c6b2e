"""What is destroyed together: by which method, before whom, with which certificate."""

from schema import codes_weapons
from schema.entity import Entity
from schema.fields import By, Choice, Day, Ref, Text

CERTIFICATE = "The certificate of destruction (MOSAIC 05.50; IDDRS 4.10)"


class DestructionBatch(Entity):
    """One destruction. Which weapons and lots it was about, their events say."""

    noun = "destruction_batch"
    label = "Destruction"
    plural = "Destructions"
    compartment = "weapons"
    hangs_on = "store_id"
    named_by = ("certificate",)
    words = "destruction-batches"
    title_field = "certificate"
    columns = ("date", "certificate", "method", "observer", "recorded_by")
    sorted_by = "date"
    adding = "Record a destruction"
    none_yet = "No destruction is recorded yet."

    store_id = Ref(
        "Store", "store", gives_scope=True, purpose="Whose stock", required=True, stamps=True
    )
    kind = Choice(
        "Planned or not",
        codes_weapons.BATCH_KIND,
        sensitivity="none",
        purpose=CERTIFICATE,
        required=True,
    )
    certificate = Text("Certificate number", longest=60, sensitivity="none", purpose=CERTIFICATE)
    method = Choice(
        "Method",
        codes_weapons.DESTRUCTION_METHOD,
        sensitivity="none",
        purpose=CERTIFICATE,
        required=True,
        donor=True,
    )
    date = Day("Date", sensitivity="none", purpose=CERTIFICATE, required=True)
    area_id = Ref("Place", "area", sensitivity="moderate", purpose=CERTIFICATE)
    authority = Text("National authority", longest=120, sensitivity="moderate", purpose=CERTIFICATE)
    adviser = Text("Technical adviser", longest=120, sensitivity="moderate", purpose=CERTIFICATE)
    observer = Text(
        "Independent observer", longest=120, sensitivity="moderate", purpose=CERTIFICATE
    )
    observer_organisation_id = Ref(
        "Organisation of the observer",
        "organisation",
        sensitivity="moderate",
        purpose="No destruction is watched by who orders it",
    )
    reason = Text(
        "Why it could not wait",
        hint="Of an emergency",
        longest=500,
        multiline=True,
        sensitivity="moderate",
        purpose=CERTIFICATE,
    )
    scrap = Text("What became of the scrap", longest=200, sensitivity="none", purpose=CERTIFICATE)
    recorded_by = By("Recorded by", sensitivity="moderate", purpose="Separation of duties")
