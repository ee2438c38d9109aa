"""How keys are written on the screen."""

from __future__ import annotations

_SHOWN = {
    "apostrophe": "'",
    "quotation_mark": '"',
    "grave_accent": "`",
    "tilde": "~",
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "circumflex_accent": "^",
    "ampersand": "&",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "underscore": "_",
    "backslash": "\\",
    "vertical_line": "|",
    "semicolon": ";",
    "at": "@",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "colon": ":",
    "question_mark": "?",
    "escape": "esc",
    "right_curly_bracket": "}",
    "left_curly_bracket": "{",
    "exclamation_mark": "!",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "asterisk": "*",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "alt+enter": "alt+Enter",
    "ctrl+enter": "ctrl+Enter",
}


def shown(name: str) -> str:
    """How a key is written on the screen, from Textual's name of it."""
    if name in _SHOWN:
        return _SHOWN[name]
    *modifiers, last = name.split("+")
    return "+".join([*modifiers, _SHOWN.get(last, last)])
