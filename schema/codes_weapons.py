"""Closed code lists of disarmament: hand-in, custody, ammunition by lot, stock checks, destruction, convoys."""

from schema.codes import CodeList

CUSTODY = CodeList(
    "custody",
    ("opening", "Opening stock"),
    ("received", "Received"),
    ("tagged", "Tagged and recorded"),
    ("moved-out", "Moved out"),
    ("moved-in", "Moved in"),
    ("stored", "Stored"),
    ("taken-out", "Taken out"),
    ("returned", "Returned"),
    ("stock-check", "Stock check"),
    ("discrepancy", "Discrepancy"),
    ("reclassified", "Counted as another type"),
    ("lost", "Lost or stolen"),
    ("recovered", "Recovered"),
    ("re-marked", "Marked again"),
    ("transferred", "Transferred to the state"),
    ("returned-to-owner", "Returned to owner"),
    ("handed-to-justice", "Handed to justice"),
    ("deactivated", "Deactivated"),
    ("destroyed", "Destroyed"),
)
LOT_CUSTODY = CodeList(
    "lot_custody",
    ("opening", "Opening stock"),
    ("received", "Received"),
    ("from-lot", "Taken from another lot"),
    ("to-lot", "Put into another lot"),
    ("moved-out", "Moved out"),
    ("moved-in", "Moved in"),
    ("taken-out", "Taken out"),
    ("returned", "Returned"),
    ("lost", "Lost or stolen"),
    ("recovered", "Recovered"),
    ("transferred", "Transferred to the state"),
    ("returned-to-owner", "Returned to owner"),
    ("handed-to-justice", "Handed to justice"),
    ("expended", "Expended"),
    ("destroyed", "Destroyed"),
)
# Where a weapon or a lot is, as its events say. In its store is not said: it is the rule.
CUSTODY_STATE = CodeList(
    "custody_state",
    ("in-transit", "On its way"),
    ("taken-out", "Taken out"),
    ("missing", "Missing"),
    ("to-lot", "Put into another lot"),
    ("transferred", "Transferred to the state"),
    ("returned-to-owner", "Returned to owner"),
    ("handed-to-justice", "Handed to justice"),
    ("deactivated", "Deactivated"),
    ("expended", "Expended"),
    ("destroyed", "Destroyed"),
)
LOT_NATURE = CodeList(
    "lot_nature",
    ("small-arms", "Small-arms ammunition"),
    ("machine-gun", "Machine-gun ammunition"),
    ("mortar", "Mortar rounds"),
    ("rocket", "Rockets and rocket-propelled grenades"),
    ("hand-grenade", "Hand grenades"),
    ("mine", "Mines"),
    ("ied", "Improvised explosive devices"),
    ("bulk-explosive", "Bulk explosive"),
    ("fuze", "Fuzes and detonators"),
    ("mixed", "Mixed, not yet sorted"),
    ("other", "Other"),
)
LOT_UNIT = CodeList("lot_unit", ("rounds", "Rounds"), ("pieces", "Pieces"), ("grams", "Grams"))
LOT_CONDITION = CodeList(
    "lot_condition",
    ("serviceable", "Serviceable"),
    ("unsafe", "Unsafe"),
    ("unknown", "Unknown"),
)
HAZARD = CodeList(
    "hazard",
    ("1.1", "1.1 Mass explosion"),
    ("1.2", "1.2 Projection"),
    ("1.3", "1.3 Fire"),
    ("1.4", "1.4 No significant hazard"),
    ("1.5", "1.5 Very insensitive"),
    ("1.6", "1.6 Extremely insensitive"),
)
GIVER = CodeList(
    "giver",
    ("participant", "A participant"),
    ("other-person", "Somebody who is no participant"),
    ("cache", "A cache"),
    ("found", "Found, nobody gave it"),
    ("anonymous", "Somebody who gave no name"),
    ("protected", "A source that is protected"),
)
CRITERION = CodeList(
    "criterion",
    ("weapon", "A weapon"),
    ("ammunition", "Ammunition"),
    ("explosives", "Explosives"),
    ("none", "Counts for nobody"),
)
CHECK_KIND = CodeList(
    "check_kind",
    ("weekly", "Weekly: by type, and a tenth of the serial numbers"),
    ("full", "Six-monthly: every serial number"),
    ("handover", "Another keeper takes over"),
    ("extra", "Beyond the schedule"),
)
COUNT_RESULT = CodeList(
    "count_result",
    ("found", "Found"),
    ("not-found", "Not found"),
    ("other-serial", "Found, with another serial number"),
)
DISCREPANCY_KIND = CodeList(
    "discrepancy_kind",
    ("missing", "Missing"),
    ("extra", "One too many"),
    ("wrong-serial", "Another serial number"),
    ("wrong-type", "Another type"),
    ("seal", "A seal is broken or another one"),
    ("damaged", "Damaged"),
)
DISCREPANCY_STEP = CodeList(
    "discrepancy_step",
    ("reported", "Reported"),
    ("investigated", "Under investigation"),
    ("explained", "Explained"),
    ("closed", "Closed"),
)
DESTRUCTION_METHOD = CodeList(
    "destruction_method",
    ("cutting", "Cutting"),
    ("shearing", "Shearing"),
    ("crushing", "Crushing, with a second process"),
    ("smelting", "Smelting"),
    ("burning", "Burning, with a second process"),
    ("obod", "Open burning or open detonation"),
)
BATCH_KIND = CodeList(
    "batch_kind", ("planned", "Planned"), ("emergency", "Emergency, unsafe to keep")
)
LOAD_CARRIES = CodeList(
    "load_carries", ("arms", "Arms"), ("ammunition", "Ammunition and explosives")
)
SIGNS_AS = CodeList(
    "signs_as",
    ("second-checker", "Second checker"),
    ("authorises", "Who authorises it"),
    ("receives", "Who receives it"),
    ("witness", "Witness"),
    ("observer", "Independent observer"),
)
