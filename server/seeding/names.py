"""Names of people who do not exist: common given names before words for rivers, trees and weather."""

from dataclasses import dataclass
from typing import Any

from server.seeding.dice import Dice

Values = dict[str, Any]


@dataclass(frozen=True)
class Style:
    """How names are made in one language. script: given names and words in another script."""

    language: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    words: tuple[str, ...]
    joined: str = " "


FRENCH = Style(
    "fra",
    ("Aminata", "Brigitte", "Clémence", "Désirée", "Élodie", "Fanta", "Geneviève", "Hélène",
     "Inès", "Joséphine", "Kadiatou", "Léonie", "Mariam", "Noëlle", "Odile", "Pélagie",
     "Rokia", "Solange", "Thérèse", "Yvonne"),
    ("Abdoulaye", "Baptiste", "Célestin", "Dieudonné", "Étienne", "François", "Gaël", "Hervé",
     "Ibrahima", "Joël", "Koffi", "Lazare", "Mamadou", "Noël", "Ousmane", "Pascal",
     "Rémi", "Séraphin", "Théophile", "Zéphyrin"),
    ("Rivière", "Baobab", "Nuage", "Savane", "Colline", "Rosée", "Fougère", "Grêle", "Lagune",
     "Palmier", "Sentier", "Tonnerre", "Vallée", "Clairière", "Étang", "Marée"),
)  # fmt: skip
SPANISH = Style(
    "spa",
    ("Adriana", "Beatriz", "Carmen", "Dolores", "Elena", "Flor", "Graciela", "Inés", "Juana",
     "Lucía", "Marisol", "Nieves", "Olga", "Pilar", "Rocío", "Soledad", "Teresa", "Yolanda"),
    ("Álvaro", "Benito", "César", "Diego", "Emilio", "Fermín", "Germán", "Hernán", "Iván",
     "Joaquín", "Lorenzo", "Martín", "Néstor", "Óscar", "Pablo", "Ramón", "Simón", "Tomás"),
    ("Arroyo Seco", "Cañaveral", "Laguna Azul", "Neblina", "Peñasco", "Rocío del Monte",
     "Sauce", "Tormenta", "Ventisca", "Yuca Brava", "Zarzal", "Helecho", "Ñandú Chico"),
)  # fmt: skip
ENGLISH = Style(
    "eng",
    ("Agnes", "Blessing", "Comfort", "Deborah", "Esther", "Faith", "Grace", "Hope", "Irene",
     "Joyce", "Lydia", "Mercy", "Naomi", "Patience", "Ruth", "Sarah", "Victoria", "Zoe"),
    ("Abel", "Benson", "Caleb", "Daniel", "Emmanuel", "Francis", "Gideon", "Henry", "Isaac",
     "Joseph", "Lucas", "Moses", "Nathan", "Peter", "Samuel", "Thomas", "Victor", "William"),
    ("Riverbend", "Stonefield", "Rainwater", "Tallgrass", "Mangrove", "Sandstorm", "Cloudhill",
     "Thornbush", "Whitewater", "Bluelake", "Ironwood", "Morningdew", "Driftwood"),
)  # fmt: skip
ARABIC = Style(
    "ara",
    ("أمينة", "بثينة", "جميلة", "حليمة", "خديجة", "زينب", "سلمى", "عائشة", "فاطمة", "كريمة",
     "ليلى", "مريم", "نادية", "هدى", "ياسمين"),
    ("آدم", "إبراهيم", "بشير", "جمال", "حسن", "خالد", "رشيد", "سالم", "صالح", "طارق", "عمر",
     "فيصل", "محمود", "نور الدين", "يوسف"),
    ("النهر", "الجبل", "النخلة", "الغيمة", "الواحة", "الرمال", "العاصفة", "السدرة", "الندى",
     "الوادي", "الصخرة", "المطر"),
)  # fmt: skip
# The same names as an officer without an Arabic keyboard would write them.
ROMANIZED = Style(
    "ara",
    ("Amina", "Buthayna", "Jamila", "Halima", "Khadija", "Zaynab", "Salma", "Aicha", "Fatima",
     "Karima", "Layla", "Maryam", "Nadia", "Huda", "Yasmin"),
    ("Adam", "Ibrahim", "Bashir", "Jamal", "Hassan", "Khalid", "Rashid", "Salim", "Salih",
     "Tariq", "Umar", "Faysal", "Mahmoud", "Nour Eddine", "Youssef"),
    ("al-Nahr", "al-Jabal", "al-Nakhla", "al-Ghayma", "al-Waha", "al-Rimal", "al-Asifa",
     "al-Sidra", "al-Nada", "al-Wadi", "al-Sakhra", "al-Matar"),
)  # fmt: skip
STYLES = ((FRENCH, 34.0), (ARABIC, 28.0), (ENGLISH, 22.0), (SPANISH, 16.0))
ALIASES = ("Falcon", "Petit Vent", "El Zorro", "الصقر", "Two Boots", "Chat Noir", "Mosca", "Kite")


def named(dice: Dice, sex: str) -> Values:
    """The name fields of somebody, with the language they speak."""
    style = dice.weighed(STYLES)
    given = style.women if sex == "female" or (sex != "male" and dice.chance(50)) else style.men
    first, last = int(dice.random() * len(given)), int(dice.random() * len(style.words))
    values = _full(style, given[first], style.words[last])
    if style is ARABIC and dice.chance(50):
        latin = ROMANIZED.women if given is style.women else ROMANIZED.men
        values = {**_full(ROMANIZED, latin[first], ROMANIZED.words[last]), **_script(values)}
    if dice.chance(9):
        values = {"name": values["given_name"], "language": style.language}
    if dice.chance(12):
        values["alias"] = dice.one(ALIASES)
    if dice.chance(40):
        values["mother_name"] = dice.one(style.women)
    if dice.chance(30):
        values["father_name"] = dice.one(style.men)
    return values


def relative(dice: Dice, person: Values) -> str:
    """The name of one of somebody's household."""
    style = next(one for one, _ in STYLES if one.language == person["language"])
    return dice.one(dice.one((style.women, style.men)))


def _full(style: Style, given: str, word: str) -> Values:
    return {
        "name": f"{given} {word}",
        "given_name": given,
        "family_name": word,
        "language": style.language,
    }


def _script(values: Values) -> Values:
    return {"name_script": values["name"]}
