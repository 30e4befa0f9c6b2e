"""The forms of the matrix, filled."""

# What each form would hold that is sent by somebody whom nothing but their rights could stop.
_WHY, _GRANT = {"reason": "Because"}, {"role": "donor", "place": "everywhere"}
FILLED: dict[str, dict[str, str]] = {
    "held.close": _WHY,
    "records.withdraw": _WHY,
    "accounts.revoke": _WHY,
    "age.decide": {"age_decision": "child", "age_decision_reason": "Because"},
    "disputes.settle": {**_WHY, "choice": "keep"},
    "accounts.grant": _GRANT,
    "accounts.add": {**_GRANT, "email": "x@example.org", "name": "X"},
}
