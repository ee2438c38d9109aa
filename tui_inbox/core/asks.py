"""Does a text ask something, or does it only say thanks? Told by signs and a few openings.

Both are guesses over many languages. They order an inbox and are shown as a reason; nothing is
hidden or sent because of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_inbox.core.patterns import plain, unicode
from tui_inbox.core.tokens import fold

_MARKS = "?？؟⸮՞⁇⁈⁉‽❓❔\u037e"
_LINK = r"\bhttps?://\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)+(?:/\S*|\?\S+)"
_DOUBT = r"\(\?+\)"  # "the 2nd(?) bridge" asks nothing
_MENTION = r"@[\w.-]+(?:@[\w.-]+)?"
_LEADING_MENTIONS = rf"(?:{_MENTION}[\s,:]+)+"
_SENTENCE_END = (
    rf"(?<![!{_MARKS}])[!{_MARKS}]++\ufe0f?(?![\w=&/])"
    r"|[。！？؟]"
    r"|(?<![.…])(?<!\b[^\W\d_])[.…]++(?=\s)"  # a dot after one letter ends no sentence: "e.g."
    r"|\n"
)
_GREEK_QUESTION = r"[\u0370-\u03ff\u1f00-\u1fff];$"
_OPENING_HINTS = (
    *("nyone", "nybody", "omeone", "omebody", "how ", "where ", "what", "any ", "looking for "),
    *("jemand", "einer", " wer ", "wie ", "est ce qu", "est-ce qu", "quelqu", "¿", "alguien"),
    *("alguem", "qualcuno", "iemand", "か", "吗", "嗎", "知道", "까", "나요", "인가요"),
)
"""One of these is in every opening: looking for them first spares most texts the long search."""
_OPENING = r"""(?x)
      \b(?:any|some)(?:one|body)\ (?:\w+\ )?
        (?:knows?|have|has|got|use|using|tried|recommend|familiar|remember|seen|help|explain)\b
    | ^(?:so|ok|hi|hey|and|but)?[,\ ]*(?:
          how\ (?:do|can|could|should|would)\ (?:i|you|we|one)
        | where\ (?:do|can|could|should|would)\ (?:i|you|we|one)
        | what(?:'s|’s|\ is)\ the\ best
        | (?:any|looking\ for)\ (?:tips|advice|ideas|recommendations|suggestions)
        )\b
    | \b(?:weiss|kennt|hat|kann|nutzt|benutzt)\ (?:\w+\ )?(?:jemand|einer|wer)\b
    | ^wie\ (?:kann|soll|bekomme|mache)\ (?:ich|man)\b
    | \best[ -]ce\ qu | \bquelqu['’]un\ (?:connait|sait|aurait|utilise|peut)\b
    | ¿ | \balguien\ (?:sabe|conoce|puede|tiene|usa)\b
    | \balguem\ (?:sabe|conhece|pode|tem|usa)\b
    | \bqualcuno\ (?:sa|conosce|puo|ha|usa)\b
    | \b(?:weet|kent|heeft|kan|gebruikt)\ iemand\b
    | (?:です|ます|でしょう|ません)か[。\s]*$
    | [吗嗎][。\s]*$ | 有[没沒]?人知道 | [谁誰]知道
    | (?:까요|나요|인가요|습니까)[.\s]*$
    """

_SMILE = (
    r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\ufe0f\u200d]+"
    r"|:[a-zA-Z0-9_]{2,}:"  # a custom emoji
    r"|[:;=]-?[)DPp*3](?!\w)|<3+|\^_?\^|\\o/"
)
_WORD = r"[\p{L}\p{M}\p{N}]+"
_THANKS = frozenset(
    """
    thanks thank thanx thankyou thx tx ty tysm tyvm cheers ta appreciate appreciated
    danke dank dankeschon merci gracias obrigado obrigada valeu grazie bedankt dankjewel
    tack takk tak kiitos kiitti dzieki dziekuje diky dekuji tesekkurler tesekkur sagol makasih
    спасибо спс дякую ευχαριστω شكرا תודה धन्यवाद शुक्रिया
    """.split()  # noqa: SIM905 - lists of words, not of quotes and commas
)
_BESIDE_THANKS = frozenset(
    """
    you u so much a lot lots very many again for the your this that these all everyone both folks
    help tip tips info answer answers reply advice really it i and oh ah ok okay wow great nice
    perfect lovely awesome cool yes yay kind million tons friend
    schon sehr vielen viele lieben herzlichen dir euch ihnen fur die den das hilfe tipp antwort
    nochmal ja super toll klasse prima alles klar
    beaucoup bien mille fois toi vous pour l la le les aide reponse tout tous encore parfait
    muchas mil por el ayuda respuesta todo ti muito pela ajuda tante per il aiuto molte
    je jullie wel hartelijk tusen mange sa mycket hjalpen paljon bardzo wielkie ederim
    большое огромное вам тебе за помощь πολυ جزيلا רבה
    """.split()  # noqa: SIM905 - lists of words, not of quotes and commas
)
_MOST_WORDS = 12
_THANKS_WITHOUT_SPACES = (
    r"(?:どうも|本当に|誠に)*(?:ありがと(?:う|ー)?|有難う|サンキュー)(?:ございま(?:す|した))?ー*"
    r"|(?:非常|太|十分)?(?:谢谢|謝謝|感谢|感謝|多谢|多謝)(?:你|您|大家)?(?:了|啦)?"
    r"|(?:정말|너무)*(?:감사합니다|감사해요|고마워요?|고맙습니다)"
)


def asks_something(text: str) -> str | None:
    """The question a text asks, as its author wrote it, or None.

    Of several questions the longest is taken: it has the substance. Without a question mark a few
    openings count ("does anyone know", "kennt jemand"). Marks inside links do not.
    """
    masked = plain(_LINK).sub(_mask, plain(_DOUBT).sub(_mask, text))
    sentences = list(_sentences(masked))
    asked = [part for part in sentences if _ends_asking(masked[part])]
    folded = "" if asked else fold(text)
    if any(hint in folded for hint in _OPENING_HINTS):
        asked = [
            part
            for part in sentences
            if plain(_OPENING).search(_without_mentions(fold(text[part])))
        ]
    questions = (" ".join(_without_mentions(text[part]).split()) for part in asked)
    return max(questions, key=len, default=None)


def _sentences(text: str) -> Iterator[slice]:
    """The places of the sentences, each with the signs that end it."""
    start = 0
    for end in plain(_SENTENCE_END).finditer(text):
        yield slice(start, end.end())
        start = end.end()
    yield slice(start, len(text))


def _without_mentions(sentence: str) -> str:
    """The sentence without the names it begins with."""
    sentence = sentence.strip()
    mentions = plain(_LEADING_MENTIONS).match(sentence)
    return sentence[mentions.end() :] if mentions else sentence


def only_thanks(text: str) -> bool:
    """Whether a text is nothing but thanks or a smile: "thanks!", "ty 🙏", "ありがとう", "❤️"."""
    if plain(_LINK).search(text) or asks_something(text):
        return False
    rest, smiles = unicode(_SMILE).subn(" ", plain(_MENTION).sub(" ", text))
    words = unicode(_WORD).findall(fold(rest))
    if not words:
        return smiles > 0
    if unicode(_THANKS_WITHOUT_SPACES).fullmatch("".join(words)):
        return True
    known = all(word in _THANKS or word in _BESIDE_THANKS for word in words)
    return known and len(words) <= _MOST_WORDS and not _THANKS.isdisjoint(words)


def _ends_asking(sentence: str) -> bool:
    end = sentence.rstrip("! \t\n\ufe0f")[-2:]
    return end.endswith(tuple(_MARKS)) or plain(_GREEK_QUESTION).search(end) is not None


def _mask(found: re.Match[str]) -> str:
    """As many harmless characters, so that places stay the same; a mark after a link is not its part."""
    link = found[0].rstrip("?!")
    return "x" * len(link) + found[0][len(link) :]
