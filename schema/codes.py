"""Closed code lists with their labels, in the order in which they are shown."""


class CodeList:
    """Codes and labels. A code is permanent; a label may be reworded and is translated."""

    def __init__(self, name: str, *items: tuple[str, str]) -> None:
        self.name = name
        self.items = items
        self.values = tuple(code for code, _ in items)
        self._labels = dict(items)

    def __contains__(self, code: object) -> bool:
        return code in self._labels

    def label(self, code: str) -> str:
        """The label of a code; an unknown code (from a newer version) is shown as it is."""
        return self._labels.get(code, code)


class OpenCodeList(CodeList):
    """A list to which a deployment may add codes of its own, as records of the noun ``code``."""


SEX = CodeList(
    "sex", ("female", "Female"), ("male", "Male"), ("other", "Other"), ("undisclosed", "Not said")
)
DATE_PRECISION = CodeList(
    "date_precision",
    ("day", "Exact day"),
    ("month", "Month and year"),
    ("year", "Year only"),
    ("estimated", "Estimated year"),
)
AGE_SOURCE = CodeList(
    "age_source", ("document", "A document"), ("declared", "As they say"), ("assessed", "Assessed")
)
AGE_DECISION = CodeList("age_decision", ("adult", "Adult"), ("child", "Child"))
MARITAL = CodeList(
    "marital",
    ("single", "Single"),
    ("married", "Married"),
    ("union", "Informal union"),
    ("separated", "Separated or divorced"),
    ("widowed", "Widowed"),
)
PROCESS = CodeList(
    "process",
    ("adult", "Adult participant"),
    ("child", "Child"),
    ("dependant", "Dependant"),
    ("cvr", "Community violence reduction"),
)
CATEGORY = CodeList(
    "category",
    ("combatant", "Combatant"),
    ("associated", "Associated person"),
    ("dependant", "Dependant"),
    ("self-demobilised", "Self-demobilised"),
    ("foreign", "Foreign combatant"),
    ("child-mobilised", "Mobilised as a child, demobilised as an adult"),
)
GATE = CodeList(
    "gate",
    ("listed", "Listed"),
    ("presented", "Presented"),
    ("screened", "Screened"),
    ("disarmed", "Disarmed"),
    ("registered", "Registered"),
    ("medically-screened", "Medically screened"),
    ("profiled", "Profiled"),
    ("discharged", "Discharged"),
    ("reinsertion", "Reinsertion"),
    ("reintegration", "Reintegration"),
    ("exited", "Exited"),
)
GATE_REASON = CodeList(
    "gate_reason",
    ("eligible", "Eligible"),
    ("ineligible", "Ineligible"),
    ("pending", "Pending"),
    ("appeal", "Appeal"),
    ("active", "Active"),
    ("on-hold", "On hold"),
    ("completed", "Completed"),
    ("dropped-out", "Dropped out"),
    ("withdrew", "Voluntary withdrawal"),
    ("no-show", "Did not come"),
    ("untraceable", "Absconded or untraceable"),
    ("deceased", "Deceased"),
    ("revoked", "Eligibility revoked"),
    ("security-sector", "Joined the security sector"),
    ("repatriated", "Repatriated"),
    ("moved-to-cvr", "Moved to community violence reduction"),
    ("found-to-be-child", "Found to be a child"),
    ("duplicate", "Duplicate, merged"),
    ("other", "Other"),
)
RELATION = OpenCodeList(
    "relation",
    ("spouse", "Spouse or partner"),
    ("child", "Child"),
    ("parent", "Parent"),
    ("sibling", "Brother or sister"),
    ("other", "Other dependant"),
)
GROUP_ROLE = OpenCodeList(
    "group_role",
    ("fighter", "Fighter"),
    ("commander", "Commander"),
    ("logistics", "Logistics"),
    ("medic", "Medic"),
    ("cook", "Cook"),
    ("porter", "Porter"),
    ("messenger", "Messenger"),
    ("captive", "Spouse or captive"),
    ("other", "Other"),
)
WEAPON_CLASS = CodeList(
    "weapon_class",
    ("small-arm", "Small arm"),
    ("light-weapon", "Light weapon"),
    ("heavy-weapon", "Heavy weapon system"),
    ("explosive", "Explosive"),
    ("other", "Other"),
)
WEAPON_TYPE = CodeList(
    "weapon_type",
    ("pistol", "Revolver or self-loading pistol"),
    ("rifle", "Rifle or carbine"),
    ("smg", "Sub-machine gun"),
    ("assault-rifle", "Assault rifle"),
    ("lmg", "Light machine gun"),
    ("hmg", "Heavy machine gun"),
    ("grenade-launcher", "Grenade launcher, hand-held"),
    ("anti-tank", "Portable anti-tank weapon"),
    ("anti-aircraft", "Portable anti-aircraft gun"),
    ("recoilless", "Recoilless rifle"),
    ("missile-launcher", "Missile or rocket launcher"),
    ("manpads", "Man-portable air-defence system"),
    ("mortar", "Mortar under 100 mm"),
    ("shotgun", "Shotgun"),
    ("craft-made", "Craft-made weapon"),
    ("replica", "Replica or converted weapon"),
    ("artillery", "Artillery"),
    ("armoured-vehicle", "Armoured vehicle"),
    ("other", "Other"),
)
CALIBRE = OpenCodeList(
    "calibre",
    ("9x19", "9 × 19 mm"),
    ("5.45x39", "5.45 × 39 mm"),
    ("5.56x45", "5.56 × 45 mm"),
    ("7.62x39", "7.62 × 39 mm"),
    ("7.62x51", "7.62 × 51 mm"),
    ("7.62x54R", "7.62 × 54 R mm"),
    ("12.7x99", "12.7 × 99 mm"),
    ("12.7x108", "12.7 × 108 mm"),
    ("14.5x114", "14.5 × 114 mm"),
    ("12-gauge", "12 gauge"),
    ("40", "40 mm"),
    ("60", "60 mm"),
    ("81", "81 mm"),
    ("82", "82 mm"),
    ("other", "Other"),
    ("unknown", "Unknown"),
)
SERIAL_STATE = CodeList(
    "serial_state",
    ("legible", "Legible"),
    ("partly", "Partly legible"),
    ("obliterated", "Obliterated"),
    ("none", "None"),
    ("several", "Several that differ"),
)
CONDITION = CodeList(
    "condition",
    ("serviceable", "Serviceable"),
    ("repairable", "Repairable"),
    ("unserviceable", "Unserviceable"),
    ("incomplete", "Incomplete"),
    ("unsafe", "Unsafe"),
)
SERVICE_TYPE = OpenCodeList(
    "service_type",
    ("EDU", "Education"),
    ("TVT", "Vocational training"),
    ("EMP", "Employment"),
    ("LIV", "Livelihood"),
    ("HEA", "Health care"),
    ("PSS", "Psychosocial support"),
    ("HOU", "Housing and land"),
    ("LEG", "Legal and documents"),
    ("SOC", "Social and family"),
    ("CIV", "Civic education"),
    ("FTR", "Family tracing and reunification"),
    ("CVR", "Community violence reduction project"),
)
SERVICE_RESULT = CodeList(
    "service_result",
    ("ongoing", "Going on"),
    ("completed", "Completed"),
    ("dropped-out", "Dropped out"),
    ("not-started", "Did not start"),
)
VISIT_MODE = OpenCodeList(
    "visit_mode",
    ("home", "At home"),
    ("office", "At the office"),
    ("phone", "By phone"),
    ("group", "Group"),
)
LIVELIHOOD = OpenCodeList(
    "livelihood",
    ("own-business", "Own business"),
    ("formal", "Formal work"),
    ("informal", "Informal work"),
    ("farming", "Farming or fishing"),
    ("studying", "Studying"),
    ("none", "No work"),
)
ATTACHMENT_KIND = CodeList(
    "attachment_kind",
    ("photo", "Photo of the person"),
    ("consent", "Signed consent"),
    ("identity", "Identity paper"),
    ("receipt", "Receipt"),
    ("scan", "Other paper"),
)
MEDIA_TYPE = CodeList("media_type", ("image/jpeg", "JPEG picture"))
ORGANISATION_KIND = OpenCodeList(
    "organisation_kind",
    ("commission", "National commission"),
    ("un", "UN entity"),
    ("ngo", "Non-governmental organisation"),
    ("government", "Government body"),
    ("private", "Private body"),
    ("child-protection", "Child-protection focal point"),
    ("gbv", "Who helps after gender-based violence"),
)
DISPUTE_STATE = CodeList("dispute_state", ("open", "Open"), ("settled", "Settled"))
FLAG_STATE = CodeList("flag_state", ("open", "Open"), ("closed", "Closed"))
VERDICT = CodeList("verdict", ("broken", "Broken"), ("cannot tell", "Cannot tell"))
ROLE = CodeList(
    "role",
    ("field-officer", "Field officer"),
    ("case-worker", "Case worker"),
    ("verification-officer", "Verification officer"),
    ("clinician", "Clinician"),
    ("child-protection", "Child-protection officer"),
    ("weapons-officer", "Weapons officer"),
    ("storekeeper", "Storekeeper"),
    ("payment-officer", "Payment officer"),
    ("site-supervisor", "Site supervisor"),
    ("programme-manager", "Programme manager"),
    ("me-officer", "Monitoring and evaluation officer"),
    ("service-provider", "Service provider"),
    ("liaison", "Military liaison"),
    ("donor", "Donor"),
    ("data-protection", "Data-protection officer"),
    ("auditor", "Auditor"),
    ("complaints-officer", "Complaints officer"),
    ("administrator", "Administrator"),
)
PLACE_KIND = CodeList(
    "place_kind",
    ("scope", "One caseload or store"),
    ("area", "All caseloads and stores of an area"),
    ("everywhere", "The whole programme"),
)
