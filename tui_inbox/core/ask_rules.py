"""What counts as looking for something, where a standing search wants to see nothing else: rules the owner can change.

Each is a query of the search language. They stand in the settings file (`[asks]`); these hold where it says nothing.
`core.ask_filter` makes a filter of them.
"""

from __future__ import annotations

from msgspec import Struct

LOOKS_FOR = (
    "has:question",
    # English
    '"looking for" -"not looking for"',
    '"in search of"',
    '"anyone know"',
    '"anybody know"',
    '"any recommendations"',
    '"any suggestions"',
    '"need help"',
    "recommendations -my",
    'recommend -"i recommend" -"we recommend" -"can recommend" -"would recommend" -"highly recommend"',
    # German
    '"ich suche" OR "wir suchen" OR "auf der suche nach"',
    '"kennt jemand" OR "weiß jemand" OR "hat jemand"',
    '"empfehlungen für" OR "wer kann" empfehlen',
    # French
    '"je cherche" OR "nous cherchons" OR "on cherche"',
    '"quelqu\'un connaît" OR "quelqu\'un sait" OR "quelqu\'un aurait"',
    # Spanish, Portuguese, Italian
    'busco OR "estoy buscando" OR "alguien sabe" OR "alguien conoce" OR "me recomiendan"',
    'procuro OR "estou procurando" OR "alguém sabe" OR "alguém conhece" OR "alguém recomenda"',
    'cerco OR "sto cercando" OR "qualcuno sa" OR "qualcuno conosce" OR "mi consigliate"',
    # Dutch, Swedish, Norwegian, Danish, Finnish
    '"ik zoek" OR "op zoek naar" OR "weet iemand" OR "kent iemand" OR "heeft iemand"',
    '"letar efter" OR "leter etter" OR "leder efter" OR "någon som vet" OR "noen som vet"',
    'etsin OR "tietääkö kukaan" OR "osaako joku"',
    # Polish, Czech, Russian, Ukrainian
    'szukam OR "czy ktoś" OR polecicie',
    'hledám OR "neví někdo"',
    'ищу OR посоветуйте OR подскажите OR "кто знает"',
    "шукаю OR порадьте OR підкажіть",
    # Greek, Turkish, Arabic, Hebrew
    'ψάχνω OR "ξέρει κανείς"',
    'arıyorum OR "bilen var mı" OR "önerir misiniz"',
    '"أبحث عن" OR "هل يعرف أحد"',
    'מחפש OR מחפשת OR "מישהו מכיר"',
    # Hindi, Indonesian, Vietnamese
    '"किसी को पता"',
    '"ada yang tahu" OR "lagi cari"',
    '"ai biết" OR "đang tìm"',
    # Japanese, Chinese, Korean
    "探しています OR 探してます OR 教えてください",
    "求推荐 OR 求推薦 OR 有人知道 OR 请推荐",
    '"찾고 있" OR 추천해주세요 OR "추천해 주세요"',
)
"""One of these at least is found in a post that looks for something."""


class AskRules(Struct, frozen=True):
    """The rules in force. `skip_…`: such posts never count.

    Attributes:
        looks_for: queries; a post that one of them finds looks for something.
        never: queries; what one of them finds does not, whatever else it says.
        skip_links: posts of nothing but links.
        skip_boosts: posts that came only because somebody passed them on.
        skip_bots: posts of accounts that call themselves bots.
        skip_repeats: a text that its author has said before, in a hit of the same search.
    """

    looks_for: tuple[str, ...] = LOOKS_FOR
    never: tuple[str, ...] = ()
    skip_links: bool = True
    skip_boosts: bool = True
    skip_bots: bool = True
    skip_repeats: bool = True
