"""Texts of whose characters terminals think differently: how wide is it, and is it one or several?

Each is what `core.text.clean` leaves of what people write. They stand in names, texts, descriptions and searches.
"""

from __future__ import annotations

from tui_inbox.core.text import clean_line

_AS_WRITTEN = {
    "emoji": "🦊🎉🚀",
    "emoji by selector": "❤️ ☀️ ✈️ ☎️",
    "text by selector": "❤︎ ☀︎",
    "keycaps": "1️⃣ #️⃣ *️⃣",
    "flags": "🇩🇪🇫🇷 🇯🇵",
    "half a flag": "🇩 alone",
    "flag of a part": "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "skin tones": "👋🏽👍🏿👶🏻",
    "families": "👨‍👩‍👧‍👦 👩‍👩‍👦",
    "work": "👩🏽‍🚀👨🏿‍🔬",
    "rainbow": "🏳️‍🌈🏳️‍⚧️",
    "young emoji": "🫨🫩🫪",
    "chinese": "漢字与标点，全角。",
    "japanese": "かなカナ、ﾊﾝｶｸ「括弧」",
    "korean": "한국어 조각",
    "korean in pieces": "한국",
    "arabic": "مرحبا بالعالم",
    "hebrew": "שָׁלוֹם עולם",
    "both ways": "abc שלום 123 مرحبا xyz",
    "persian": "می‌خواهم",
    "hindi": "हिन्दी में लिखना क्षत्रिय",
    "bengali": "বাংলা ভাষা",
    "tamil": "தமிழ் மொழி",
    "thai": "น้ำใสไหลเย็น",
    "khmer": "ភាសាខ្មែរ",
    "burmese": "မြန်မာစာ",
    "vietnamese in pieces": "Tiếng Việt",
    "zalgo": "Z̸̢̨̛͎̖̑̂͝a̷̡̺̋l̵̙͓̈́̏g̶̳̈o̴̻͘",
    "tab": "one\ttwo",
    "nothing wide": "a\u200bb\u2060c\ufeffd",
    "ambiguous": "°±×÷ §¶ ①② αω Жя “”…",
    "of one's own": "\ue0b0 \uf015 \U000f0001",
    "mathematics": "𝔘𝔫𝔦 𝟘𝟙 ∑∫",
    "blocks": "▚▞ ⠓⠑ ┼─┤",
    "wide blank": "a\u3000b",
}

CORPUS = {name: clean_line(text) for name, text in _AS_WRITTEN.items()}
"""By what they are."""
