"""Code lists of families."""

from schema.codes import OpenCodeList

TIE = OpenCodeList(
    "tie",
    ("spouse", "Husband or wife"),
    ("one-of-several", "One of several wives"),
    ("informal", "Partner without a formal marriage"),
    ("former", "Former spouse or partner"),
    ("parent", "Parent"),
    ("grown-child", "Grown son or daughter"),
    ("sibling", "Grown brother or sister"),
    ("other", "Other grown relative"),
)
