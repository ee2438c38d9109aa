"""The names of languages, whether two of them are one, and which one a machine speaks."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH = "en"
"""The language of the program itself, for a machine that names none."""

_NAMES = (
    "ar Arabic,be Belarusian,bg Bulgarian,bn Bengali,br Breton,ca Catalan,cs Czech,cy Welsh,da Danish,"
    "de German,el Greek,en English,eo Esperanto,es Spanish,et Estonian,eu Basque,fa Persian,fi Finnish,"
    "fr French,fy Western Frisian,ga Irish,gd Scottish Gaelic,gl Galician,he Hebrew,hi Hindi,hr Croatian,"
    "hu Hungarian,hy Armenian,id Indonesian,is Icelandic,it Italian,ja Japanese,ka Georgian,kab Kabyle,"
    "kk Kazakh,ko Korean,ku Kurdish,la Latin,lt Lithuanian,lv Latvian,mk Macedonian,ml Malayalam,"
    "mr Marathi,ms Malay,nb Norwegian Bokmål,nds Low German,nl Dutch,nn Norwegian Nynorsk,no Norwegian,"
    "oc Occitan,pa Punjabi,pl Polish,pt Portuguese,ro Romanian,ru Russian,sk Slovak,sl Slovenian,"
    "sq Albanian,sr Serbian,sv Swedish,ta Tamil,te Telugu,th Thai,tr Turkish,uk Ukrainian,ur Urdu,"
    "vi Vietnamese,yi Yiddish,zh Chinese"
)
"""Those that posts are written in most, by their first subtag (ISO 639; English names of CLDR)."""


def language_name(tag: str) -> str:
    """The English name of a language, or the tag itself where it has none here.

    Args:
        tag: BCP 47, as `de` or `de-AT`; an underscore is read as a hyphen.
    """
    return dict(entry.split(" ", 1) for entry in _NAMES.split(",")).get(base(tag), tag)


def base(tag: str) -> str:
    """The language alone, without script and region: `de` of `de-AT`, `de_AT.UTF-8` or `DE`."""
    return tag.replace("_", "-").partition("-")[0].partition(".")[0].lower()


def same_language(one: str | None, other: str | None) -> bool:
    """Whether both are known and are one language, whatever its region or script."""
    return one is not None and other is not None and base(one) == base(other)


def system_language(environment: Mapping[str, str]) -> str:
    """The language of the machine, by the variables of POSIX in their order; English where they say none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            found = base(value)
            return found if found.isalpha() and found not in ("c", "posix") else ENGLISH
    return ENGLISH
