"""The words of what no deployment may record, in the languages in which a field can be named (red line 6).

Words are compared folded, as names are: whatever the script, the marks and the spelling of a letter. A word
also stands for its plural; letters that somebody has spaced out (H.I.V.) are read together.
"""

import re
from collections.abc import Collection

from schema.names import fold

_WORDS = """
informant; informer; intelligence; hiv; aids; rape; sexual violence; sexual abuse; sgbv; gbv; vetting evidence
risk score; risk rank; risk level; danger score; prediction; predicted; likelihood of return; loyalty
fingerprint; finger print; iris scan; face template; biometric; home gps; gps track; gps position
informateur; informatrice; indic; délateur; mouchard; service de renseignement; renseignement militaire
agent de renseignement; source de renseignement; vih; sida; viol; violence sexuelle; abus sexuel; vbg; vss
score de risque; niveau de risque; prédiction; empreinte digitale; biométrique; loyauté
informante; confidente; delator; soplón; inteligencia; violación; violencia sexual; abuso sexual; vbg
puntaje de riesgo; nivel de riesgo; predicción; huella dactilar; huella digital; biométrico; lealtad
مخبر; المخبر; مخبرين; مخبرون; عميل; استخبارات; الاستخبارات; مخابرات; المخابرات; إيدز; الإيدز; سيدا; السيدا
فيروس نقص المناعة; نقص المناعة البشرية; اغتصاب; الاغتصاب; عنف جنسي; العنف الجنسي; اعتداء جنسي; الاعتداء الجنسي
بصمة; البصمة; بصمات; البصمات; درجة الخطر; درجة الخطورة; مستوى الخطر; تنبؤ; التنبؤ; ولاء; الولاء
"""
# A French and Spanish word for a disease, and the Somali word for "how".
_NOT_EVERYWHERE = {"sida"}
_SPACED = re.compile(r"\b(\w) (?=\w\b)")


def is_forbidden(words: str) -> bool:
    """Whether a name, or a label in English, French, Arabic or Spanish, names what is never recorded."""
    return _found(_FORBIDDEN, words)


def is_forbidden_anywhere(words: str) -> bool:
    """Whether a label in whatever other language names it in a word that is no word of that language."""
    return _found(_EVERYWHERE, words)


def _found(pattern: re.Pattern[str], words: str) -> bool:
    folded = fold(words)
    return bool(pattern.search(folded) or pattern.search(_SPACED.sub(r"\1", folded)))


def _pattern(left_out: Collection[str] = ()) -> re.Pattern[str]:
    folded = {fold(word) for line in _WORDS.splitlines() for word in line.split(";")}
    many = [r"(?:e?s)? ".join(word.split()) for word in sorted(folded - {"", *left_out})]
    return re.compile(rf"\b(?:{'|'.join(many)})(?:e?s)?\b")


_FORBIDDEN, _EVERYWHERE = _pattern(), _pattern(_NOT_EVERYWHERE)
