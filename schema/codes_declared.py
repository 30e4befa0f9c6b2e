"""Code lists of what a deployment declares for itself."""

from schema.codes import CodeList

FIELD_KIND = CodeList(
    "field_kind",
    ("text", "A line of text"),
    ("long-text", "Several lines of text"),
    ("whole", "A whole number"),
    ("day", "A date"),
    ("flag", "Yes or no"),
    ("choice", "One code of a list"),
)
SENSITIVITY = CodeList(
    "sensitivity",
    ("none", "None: it can be published"),
    ("moderate", "Moderate"),
    ("high", "High: a leak does harm"),
    ("severe", "Severe: a leak can cost a life"),
)
