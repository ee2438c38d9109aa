"""Pages that are made from the code: `python docs/make/pages.py` writes them, `--check` says which are stale.

keys.md and settings.md are made as a whole, how-it-decides.md between its marks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import fields

from tui_inbox.core import shingles, stranger
from tui_inbox.core.moment import DAY, MINUTE, Millis
from tui_inbox.priority import phrases, rhythm, weights
from tui_inbox.priority.weights import WEIGHTS
from tui_inbox.rule_settings import RuleSettings
from tui_inbox.settings import Settings
from tui_inbox.settings_lines import LONG_LINE, assigned
from tui_inbox.settings_reading import DAY as DAY_OR_NONE
from tui_inbox.settings_reading import TEXTS, Known, known_settings
from tui_inbox.ui import key_names, keys
from tui_inbox.ui.keymap import names_of, own_keys
from tui_inbox.ui.keys import Context, Key
from tui_inbox.ui.presets import PRESETS, Preset

DOCS = Path(__file__).parents[1]

MADE = "<!-- Made by docs/make/pages.py. -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table of Markdown, line by line."""
    columns = [_cell(name) for name in head]
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# Keys

WHERE = {
    Context.GLOBAL: (
        "Everywhere",
        "In every pane and page. Where letters are typed, letters are text.",
    ),
    Context.LIST: ("Lists", "To move in a list or page."),
    Context.ITEM: (
        "Anything that is selected",
        "A conversation, a post, a hit of a search, a person.",
    ),
    Context.INBOX: ("Inbox", ""),
    Context.TIMELINE: ("Timeline", ""),
    Context.SEARCHES: ("Searches", ""),
    Context.PEOPLE: ("People, and the card of a person", ""),
    Context.CARD: ("The card of a person", "The page that `p` opens."),
    Context.COMPOSER: ("Composer", "Where you write."),
    Context.SEARCH: ("Search", "The page that `/` opens."),
    Context.OUTBOX: ("Outbox", "The page that `g o` opens."),
    Context.WATCHED: ("Watched threads", "The page that `g w` opens."),
    Context.DRAFTS: ("Drafts", "The page that `g d` opens."),
    Context.GROUPS: ("Groups", "The page that `t g` opens in the Timeline, and `a` on a person."),
    Context.ACTIVITY: ("Activity", "The page that `g a` opens."),
    Context.DOOR: (
        "Front door",
        "The page that `g f` opens. The keys of anything that is selected and of the Inbox mean whoever is shown; "
        "digits show what stands behind a sentence.",
    ),
    Context.PICTURES: (
        "Pictures",
        "The page that `v` opens on a post with pictures; see [pictures](pictures.md).",
    ),
    Context.ACCOUNTS: ("Accounts", "The page that `@` opens."),
    Context.WHY: (
        "Why",
        "The page that `w` opens. The keys change what the selected line is about; `7` shows no other account here.",
    ),
    Context.HELP: ("Keys", "The page that `?` opens."),
    Context.RULES: (
        "My rules",
        "The page that `E` opens on the page that `w` opens, or `:` by its name.",
    ),
    Context.SIGN_IN: (
        "Signing in",
        "The page that `s` opens in the list of accounts, and the first.",
    ),
    Context.PROFILE: (
        "Your profile",
        "The page that `g y` opens, and `p` in the list of accounts.",
    ),
    Context.TOUR: ("Tour", "While the tour of the demo town is on, wherever you are."),
    Context.WELCOME: ("Welcome", "The first page, as long as nobody has signed in."),
}


def keys_page() -> str:
    """Every key, by where it works."""
    lines = [
        MADE,
        "# Keys",
        "",
        "`?` shows the keys of the place where you are, `:` finds a key by what it does, and the lowest line of the",
        "screen shows what is worth pressing now. A key that is followed by another one waits for it: after a moment",
        "a strip says what may come, and its words can be clicked.",
        "",
        "![The page that `?` opens](screenshots/help.svg)",
    ]
    if missing := {key.context for key in keys.KEYS} - WHERE.keys():
        raise ValueError(f"it is not said where these keys work: {', '.join(missing)}")
    for context, (title, words) in WHERE.items():
        found = keys.keys_of(context)
        lines += ["", f"## {title}", ""]
        lines += [words, ""] if words else []
        lines += table(("key", "does", "id"), _key_rows(found))
    lines += ["", *WITHOUT_KEYS, ""]
    lines += table(("does", "id"), ((key.does, f"`{key.id}`") for key in keys.PALETTE))
    lines += ["", *OTHER_KEYS]
    for preset in PRESETS.values():
        if preset.keys:
            lines += ["", f"### `{preset.name}`: {preset.does}", ""]
            lines += table(("does", "keys", "otherwise", "id"), _preset_rows(preset))
    return "\n".join(lines) + "\n"


WITHOUT_KEYS = """\
## Without a key

The palette (`:`) finds these by what they do; you may give them keys.\
""".splitlines()

OTHER_KEYS = """\
## Other keys

On the page that `?` opens, Enter on a line asks for the key that shall do it. If that key does something there already,
this is named, and you may swap the two. `d` gives a line its usual key back. What you change holds at once, stands
in your [settings](settings.md#keys), and `u` takes it back.

*choose a preset of keys* in the palette changes many at once; your own lines stay above the preset. The keys of this
page stay beside those of the preset wherever they are free. What differs:\
""".splitlines()


def _preset_rows(preset: Preset) -> Iterator[tuple[str, str, str, str]]:
    """What a preset changes, in the order of the tables above."""
    changed = own_keys(preset.keys)
    every = (*keys.KEYS, *(key for strip in keys.STRIPS.values() for key in strip))
    for key in every:
        if key.id in changed:
            named = ", ".join(map(_code, names_of(key, changed))) or "none"
            yield key.does, named, ", ".join(map(_code, key.keys)), f"`{key.id}`"


def _key_rows(found: Iterable[Key]) -> Iterator[tuple[str, str, str]]:
    for key in found:
        strip = tuple(keys.behind(key))
        if not key.prefix or not strip:
            yield ", ".join(_code(name) for name in key.keys), key.does, f"`{key.id}`"
        if key.prefix and strip:
            yield f"{_code(key.keys[0])} …", key.does, f"`{key.id}`"
        for *prefixes, then in strip:
            head = f"{key.word}: " if key.prefix and len(prefixes) == 1 else ""
            first = " ".join(_code(one.keys[0]) for one in prefixes)
            end = f"{_code(then.keys[0])} …" if then.prefix else _then(then)
            yield f"{first} {end}", head + then.does, f"`{then.id}`"


def _then(key: Key) -> str:
    """The second key; a run of digits as its first and last."""
    if len(key.keys) > 2:
        return f"{_code(key.keys[0])} … {_code(key.keys[-1])}"
    return " or ".join(map(_code, key.keys))


def _code(name: str) -> str:
    shown = key_names.shown(name)
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


# Settings


def settings_page() -> str:
    """Every setting, by its table in the file."""
    lines = [
        MADE,
        "# Settings",
        "",
        *HOW_THEY_ARE_CHANGED,
        "",
        *table(
            ("system", "where the file is"),
            (
                ("Linux", "`~/.config/tui-inbox/settings.toml`"),
                ("macOS", "`~/Library/Application Support/tui-inbox/settings.toml`"),
                ("with `TUI_INBOX_HOME`", "`$TUI_INBOX_HOME/config/settings.toml`"),
            ),
        ),
    ]
    example = []
    for group, held in known_settings(Settings).items():
        if group in ("keys", "rules"):
            continue
        own = known_settings(held.kind)
        lines += ["", f"## `[{group}]`", ""]
        lines += table(
            ("key", "value", "otherwise", "does"),
            (_setting(name, each) for name, each in own.items()),
        )
        example += ["", f"[{group}]"]
        for name, each in own.items():
            example += assigned(name, each.default)
    lines += ["", *KEYS_OF_ONES_OWN]
    lines += ["", *RULES_OF_ONES_OWN, ""]
    rows = known_settings(RuleSettings).items()
    lines += table(("key", "value", "does"), (_of_rule(name, each) for name, each in rows))
    lines += ["", *WRITTEN_BY_THE_PROGRAM]
    lines += ["", "## All of it, as it is without a file", "", "```toml", *example[1:], "```"]
    return "\n".join(lines) + "\n"


HOW_THEY_ARE_CHANGED = """\
The program needs no settings. Where you want another behaviour, write the lines that differ into `settings.toml`; what
the file does not say keeps the value that stands here. There is no need to write it by hand:

```sh
tui-inbox config edit                             # opens the file in $VISUAL or $EDITOR
tui-inbox config set sending.hold_seconds 20      # one setting; comments in the file stay
tui-inbox config set reading.languages en de      # of a list, each word is one
tui-inbox config get sending.hold_seconds
tui-inbox config unset sending.hold_seconds       # as it is by default again
tui-inbox config show                             # all in force, and the line of the file each comes from
tui-inbox config check                            # every mistake, and rules that do nothing
tui-inbox config path                             # where the file is
```

On the screen, `:` and "settings" opens the file in your editor. `edit` begins a new file with every setting explained
and commented out. When the editor is closed the file is looked through; a mistake is named with its line and what was
meant, and the editor opens again. The old file holds until the new one is right, and a rule that the program wrote
meanwhile is not lost. An editor with a window of its own has to wait for its end (`code --wait`).

**While the program is open** it takes a file that you have saved over within a second or two, and the lowest line
says what was read again. A mistake leaves all settings as they were, and the lowest line names its line and key. When
it starts, mistakes are named too, and nothing is started until they are mended.\
""".splitlines()


KEYS_OF_ONES_OWN = """\
## `[keys]`

Other keys for what a key does. On the left stands the id of what is done, as [keys.md](keys.md) lists it, on the
right the keys that shall do it, parted by spaces; an empty text leaves it without a key. The keys that you give
replace the ones that were there. `preset` names a set of keys that holds below your lines: `default`, `vim`, `emacs`,
`one-hand` (the left one) or `one-hand-right`; [keys.md](keys.md#other-keys) shows what each changes.
Of two things on one key of the same place the line that
makes it so is left out, and both are named.

```toml
[keys]
preset = "default"
"item.done" = "D ctrl+k"
"open.search" = "ctrl+f /"
"palette" = ":"
```

A key is written as it stands on the keyboard: `d`, `D`, `.`, `ctrl+e`, `alt+enter`, `F5`, `PgUp`, `space`, `esc`.
A line that cannot be used, because two things would be on one key of the same place, or because a name is unknown, is
left out: what it is about has its usual key, and the first words at the start say which line that is.\
""".splitlines()


RULES_OF_ONES_OWN = """\
## `[[rules]]`

What you want more of, less of, or not at all. Each rule is a table of its own, and counts wherever order is made; how
is told in [how it decides](how-it-decides.md#your-own-rules). A rule says what it is about, and what it does: `points`,
or `not_at_all`. Where it is about several things, all of them must fit.

```toml
[[rules]]
tag = "#acorn"
points = 0.5
until = 2026-12-07

[[rules]]
person = "@rocket77@panel.example"
not_at_all = true
```
""".splitlines()

WRITTEN_BY_THE_PROGRAM = """\
The program writes rules itself where you press `+`, `-`, `0` or `7` on the page that `w` opens, or say `tui-inbox
rules add`. It changes the lines of that rule alone: comments and everything else stay as you wrote them, and what you
have changed meanwhile is read first. An editor that had the file open and saves over such a rule takes nothing away:
it is written again, once, and the lowest line says so; deleted after that, or an hour later, it stays deleted. The
file is then for your eyes only (mode 0600). A rule whose last day has passed counts nothing; the page of your rules
says so, and `d` deletes it there. In the demo, rules and `[asks]` stand in `demo-settings.toml` beside this file, so
that trying them changes nothing of yours.\
""".splitlines()


def _of_rule(name: str, known: Known) -> tuple[str, str, str]:
    if not known.meta.description:
        raise ValueError(f"it is not said what {name} is for")
    return f"`{name}`", _values(known), known.meta.description


def _setting(name: str, known: Known) -> tuple[str, str, str, str]:
    if not known.meta.description:
        raise ValueError(f"it is not said what {name} is for")
    default = _toml(known.default)
    # A cell holds no long list; all of it stands at the end of the page.
    shown = f"`{default}`" if len(default) <= LONG_LINE else "what stands below"
    return f"`{name}`", _values(known), shown, known.meta.description


def _values(known: Known) -> str:
    if known.choices:
        return " or ".join(f'`"{choice}"`' for choice in known.choices if choice)
    if isinstance(known.kind, type) and issubclass(known.kind, Struct):
        inner = known_settings(known.kind)
        return f"a table of {', '.join(f'`{name}`' for name in inner)}: {_values(next(iter(inner.values())))} each"
    if known.meta.ge is not None:
        kind = "a number" if known.kind is float else "a whole number"
        return f"{kind} from {known.meta.ge} to {known.meta.le}"
    words = {
        bool: "`true` or `false`",
        int: "a whole number",
        str: "a text in quotes",
        TEXTS: "a list of texts",
        DAY_OR_NONE: "a day, without quotes",
    }
    return words[known.kind]


def _toml(value: object) -> str:
    if isinstance(value, Struct):
        inner = (f"{field.name} = {_toml(getattr(value, field.name))}" for field in fields(value))
        return f"{{ {', '.join(inner)} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')


# How it decides

_X_OF_ORDER = "how many people were in contact with you more recently"
_X_OF_CONTACT = "minutes since the last text between you two"
_X_OF_DAYS = "days on which you wrote to them"

MEANINGS = {
    "mention": {
        "sent_short": ("texts you sent them, halved every {short}", "ln(1 + x)"),
        "since_sent": ("minutes since you last wrote to them", "ln(1 + x)"),
        "unanswered": ("their texts since then", "ln(1 + x)"),
        "answered": (
            "learnt: the days on which they wrote and you answered within a day (x), and did not (y)",
            "ln((1 + x) / (1 + y))",
        ),
        "base": ("the same for everybody", ""),
    },
    "item": {
        "question": ("their text asks something", ""),
        "waiting": ("hours since it is your turn", "ln(1 + x)"),
        "waiting_most": ("what waiting can add at most", ""),
        "only_thanks": ("their text only says thanks", ""),
        "other_speaker": ("other people who have spoken in the thread since", "x"),
        "other_speakers_most": ("what that can take away at most", ""),
    },
    "week": {
        "order": (_X_OF_ORDER, "ln(1 + x)"),
        "since_contact": (_X_OF_CONTACT, "ln(1 + x)"),
        "days": (_X_OF_DAYS, "ln(1 + x)"),
        "received_long": ("texts they sent you, halved every {long}", "ln(1 + x)"),
    },
    "now": {
        "order": (_X_OF_ORDER, "ln(1 + x)"),
        "since_contact": (_X_OF_CONTACT, "ln(1 + x)"),
        "sent_long": ("texts you sent them, halved every {long}", "ln(1 + x)"),
        "days": (_X_OF_DAYS, "ln(1 + x)"),
        "wrote_last": ("they wrote last: 1, halved every {day}", "x"),
        "just_wrote": ("they wrote last: 1, halved every {just}", "x"),
        "touched": ("you two have talked, and you have liked, boosted or followed", ""),
        "learnt": (
            "learnt: your leaning, and they wrote last: 1, halved every {day}",
            "leaning × x",
        ),
        "at_once": (
            "you have never written to them, nor liked anything: others like that within an hour",
            "ln(1 + x)",
        ),
    },
}
"""What each weight of a table counts (x), and how x enters."""

HALF_LIVES: dict[str, Millis] = {
    "short": weights.SHORT_HALF_LIFE,
    "long": weights.LONG_HALF_LIFE,
    "day": weights.WROTE_LAST_HALF_LIFE,
    "just": weights.JUST_WROTE_HALF_LIFE,
}


def weights_table(name: str) -> str:
    """The weights of one table of the model, in points as the program shows them."""
    held = getattr(WEIGHTS, name)
    names = list(type(held).__annotations__)
    if set(names) != MEANINGS[name].keys():
        raise ValueError(f"the terms of {name} have changed: {', '.join(names)}")
    half_lives = {key: _half_life(value) for key, value in HALF_LIVES.items()}
    rows = []
    for term, (meaning, form) in MEANINGS[name].items():
        points = f"{getattr(held, term) / 1000:+.3f}".replace("-", "−")
        rows.append((meaning.format(**half_lives), f"{points} × {form}" if form else points))
    return "\n".join(table(("what counts (x)", "points"), rows))


def _half_life(value: Millis) -> str:
    if value == DAY:
        return "day"
    return f"{value // DAY} days" if value > DAY else f"{value // MINUTE} minutes"


def rhythm_sentence() -> str:
    """When somebody has gone quiet."""
    shortest = rhythm.SHORTEST_GAP // DAY
    return (
        "Silence is measured against the rhythm of you two: after more than "
        f"{rhythm.QUIET_AFTER} times the usual gap the person stands under *going quiet*; after "
        f"more than {rhythm.ENDED_AFTER} times it was probably an end, and nobody reminds you. A "
        f"usual gap below {shortest} days counts as {shortest} days, and with fewer than "
        f"{rhythm.FEWEST_DAYS} days of talk there is no rhythm to speak of."
    )


def door_rules() -> str:
    """The rules of the stranger check, with its numbers."""
    many, enough = phrases.number(stranger.MANY), phrases.number(stranger.ENOUGH)
    answered, words = phrases.number(stranger.ANSWERED), phrases.number(stranger.OWN_WORDS)
    linked = phrases.number(stranger.WEIGHT_WITH_LINK)
    unasked = phrases.number(stranger.WEIGHT_UNASKED)
    in_answers = phrases.number(stranger.WEIGHT_IN_ANSWERS)
    return f"""\
1. What could not be read tells nothing: *can’t tell*, and why.
2. The same text went to {many} people or more, or {many} were pointed to the same site without having written: *sends
   everyone the same*. Who answers at least as many people in words of their own may have a reason: *can’t tell*.
3. They say of themselves that they are a bot: *can’t tell*.
4. Somebody you talk with and they write to each other, as far as it is stored here: *looks like a person*.
5. There are fewer than {enough} posts: *can’t tell*.
6. They answer {answered} people or more in words of their own: *looks like a person*, unless most of those they
   answer, and {many} at least, get the same words.
7. Else: *can’t tell*; "answers nobody", "answers 2 people only".

What counts, exactly:

- **Same text**: names, links, numbers, emoji, case and accents are left out; what is left is cut into overlapping pairs
  of words (of characters in scripts without spaces), and two texts are the same when {shingles.ALIKE:.0%} of all their
  pairs are in both. It has to be posted {phrases.times(stranger.SAME_POSTS)}, and to say enough not to be the same by
  chance: {linked} words and a link, {unasked} words to somebody who did not write, {in_answers} in answers. Thanks
  never count, however many get them.
- **Words of their own**: an answer to somebody else of {words} words or more that is neither thanks nor the text
  everybody gets. Who says the same
  to twenty has said it once.
- **A site** is its last two names (`a.shop.example` is `shop.example`); below a country's two letters it
  is the whole host."""


def decisions_page() -> str:
    """The page as it stands, with what lies between its marks made anew.

    Raises:
        ValueError: a mark is missing.
    """
    text = (DOCS / "how-it-decides.md").read_text("utf-8")
    for name in MEANINGS:
        text = _put(text, name, weights_table(name))
    text = _put(text, "door", door_rules())
    return _put(text, "rhythm", rhythm_sentence())


def _put(text: str, name: str, content: str) -> str:
    """Put something between its marks."""
    begin, end = f"<!-- made: {name} -->\n", "<!-- end -->"
    head, found, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"how-it-decides.md has no place for {name}")
    return f"{head}{begin}{content}\n{end}{tail}"


PAGES = {
    "keys.md": keys_page,
    "settings.md": settings_page,
    "how-it-decides.md": decisions_page,
}


def main() -> int:
    """Write the pages, or say which are stale. Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if one is stale")
    check = parser.parse_args().check
    stale = 0
    for name, made in PAGES.items():
        path, text = DOCS / name, made()
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        print(f"docs/{name} {'is stale' if check else 'written'}")
        if not check:
            path.write_text(text, "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
