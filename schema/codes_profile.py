"""Code lists of profiling: ISCED 2011 levels, ISCO-08 sub-major groups, what a household lives in and on."""

from schema.codes import CodeList, OpenCodeList

# What was completed (ISCED 2011, attainment), by the digit of its level.
EDUCATION = CodeList(
    "education",
    ("0", "0 Less than primary"),
    ("1", "1 Primary"),
    ("2", "2 Lower secondary"),
    ("3", "3 Upper secondary"),
    ("4", "4 Post-secondary, not tertiary"),
    ("5", "5 Short-cycle tertiary"),
    ("6", "6 Bachelor's or equivalent"),
    ("7", "7 Master's or equivalent"),
    ("8", "8 Doctoral or equivalent"),
    ("9", "9 Elsewhere, or not known"),
)
# ISCO-08 by two digits. Its group 0, armed forces, is left out: where somebody served stands in the
# compartment of backgrounds and nowhere else, and no child is asked it.
OCCUPATION = CodeList(
    "occupation",
    ("none", "No work"),
    ("11", "11 Chief executives, senior officials and legislators"),
    ("12", "12 Administrative and commercial managers"),
    ("13", "13 Production and specialized services managers"),
    ("14", "14 Hospitality, retail and other services managers"),
    ("21", "21 Science and engineering professionals"),
    ("22", "22 Health professionals"),
    ("23", "23 Teaching professionals"),
    ("24", "24 Business and administration professionals"),
    ("25", "25 Information and communications technology professionals"),
    ("26", "26 Legal, social and cultural professionals"),
    ("31", "31 Science and engineering associate professionals"),
    ("32", "32 Health associate professionals"),
    ("33", "33 Business and administration associate professionals"),
    ("34", "34 Legal, social, cultural and related associate professionals"),
    ("35", "35 Information and communications technicians"),
    ("41", "41 General and keyboard clerks"),
    ("42", "42 Customer services clerks"),
    ("43", "43 Numerical and material recording clerks"),
    ("44", "44 Other clerical support workers"),
    ("51", "51 Personal services workers"),
    ("52", "52 Sales workers"),
    ("53", "53 Personal care workers"),
    ("54", "54 Protective services workers"),
    ("61", "61 Market-oriented skilled agricultural workers"),
    ("62", "62 Market-oriented skilled forestry, fishery and hunting workers"),
    ("63", "63 Subsistence farmers, fishers, hunters and gatherers"),
    ("71", "71 Building and related trades workers, not electricians"),
    ("72", "72 Metal, machinery and related trades workers"),
    ("73", "73 Handicraft and printing workers"),
    ("74", "74 Electrical and electronic trades workers"),
    ("75", "75 Food processing, woodworking, garment and other craft workers"),
    ("81", "81 Stationary plant and machine operators"),
    ("82", "82 Assemblers"),
    ("83", "83 Drivers and mobile plant operators"),
    ("91", "91 Cleaners and helpers"),
    ("92", "92 Agricultural, forestry and fishery labourers"),
    ("93", "93 Labourers in mining, construction, manufacturing and transport"),
    ("94", "94 Food preparation assistants"),
    ("95", "95 Street and related sales and services workers"),
    ("96", "96 Refuse workers and other elementary workers"),
)
HOUSING = OpenCodeList(
    "housing",
    ("own", "Own home"),
    ("family", "With family"),
    ("rented", "Rented"),
    ("host", "With another family"),
    ("shelter", "Camp or temporary shelter"),
    ("none", "None"),
)
LAND = OpenCodeList(
    "land",
    ("own", "Own land"),
    ("family", "Land of the family or community"),
    ("rented", "Rented land"),
    ("disputed", "Land that others claim too"),
    ("none", "No land"),
)
ASSETS = OpenCodeList(
    "assets",
    ("livestock", "Animals"),
    ("tools", "Tools"),
    ("vehicle", "Vehicle or boat"),
    ("trade", "Shop or stall"),
    ("savings", "Savings"),
    ("none", "Nothing to work with"),
)
DEBTS = CodeList(
    "debts",
    ("none", "No debts"),
    ("family", "To family or neighbours"),
    ("lender", "To a lender or trader"),
    ("several", "To several"),
)
INCOME = OpenCodeList(
    "income",
    ("farming", "Farming, animals or fishing"),
    ("wages", "Wages"),
    ("day-labour", "Work by the day"),
    ("trade", "Trade or own business"),
    ("family", "Help of the family"),
    ("assistance", "Assistance"),
    ("none", "No income"),
)
INTENTION = CodeList(
    "intention",
    ("stay", "Stay where they are"),
    ("return", "Go back to where they came from"),
    ("move", "Move elsewhere"),
    ("unsure", "Does not know yet"),
)
STUDY = CodeList(
    "study",
    ("none", "No study"),
    ("literacy", "Reading and writing"),
    ("school", "School"),
    ("vocational", "A trade"),
    ("higher", "College or university"),
)
