"""`tui-inbox profile`: one's own profile as a stranger sees it, and changing it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tui_inbox.cli import writing
from tui_inbox.cli.exit_codes import DONE, FAILED
from tui_inbox.cli.one_account import one_account
from tui_inbox.cli.printing import print_json, print_lines
from tui_inbox.cli.program import Program
from tui_inbox.commands import profile as commands
from tui_inbox.core.act import ActKind
from tui_inbox.core.moment import Millis
from tui_inbox.core.person import ProfileField
from tui_inbox.core.profile import OwnProfile, ProfileEdit, ProfileWords
from tui_inbox.core.text import clean, clean_line
from tui_inbox.queries import outbox, own_profile, words
from tui_inbox.queries.own_profile import OwnPostRow, ProfileView
from tui_inbox.queries.rows import Scope


def run(program: Program, options: argparse.Namespace, scope: Scope) -> int:
    """Print it, or change it."""
    account = one_account(scope)
    if account is None:
        return FAILED
    told = program.profile(account)
    if told.what is None:
        print(told.sentence, file=sys.stderr)
        return FAILED
    if options.action == "set":
        return _set(program, options, account, told.what)
    view = program.reader.ask(own_profile.view, told.what, now=program.now()).result()
    if options.json:
        print_json(view)
    else:
        print_lines(profile_lines(view, program.now()))
    return DONE


def _set(program: Program, options: argparse.Namespace, account: int, profile: OwnProfile) -> int:
    """Change it without a hold: whoever types a command has thought already."""
    edit = ProfileEdit(profile.words, _wanted(profile.words, options))
    wrong = profile.is_fixed if edit.parts else "Nothing would be different."
    if options.fields and not profile.has_fields:
        wrong = "This network knows no fields."
    if wrong:
        print(f"{wrong} Nothing was sent.", file=sys.stderr)
        return FAILED
    if options.dry_run:
        print("Your profile would read:")
        print_lines(_words_lines(edit.to))
        return DONE
    outcome = commands.change(replace(program.context, hold=0), account, edit).result()
    rows = program.reader.ask(outbox.rows, Scope((account,))).result()
    row = max((one.id for one in rows if one.kind == ActKind.PROFILE), default=None)
    if outcome.action is None or row is None:
        print(outcome.sentence, file=sys.stderr)
        return FAILED
    return writing.tell(*program.send(row), done="Changed.")


def _wanted(words: ProfileWords, options: argparse.Namespace) -> ProfileWords:
    """The words with what the call says."""
    name = words.name if options.name is None else clean_line(options.name)
    text = words.text
    if options.text is not None:
        text = clean(sys.stdin.read() if options.text == "-" else options.text).strip()
    fields = _with_fields(words.fields, options.fields or ())
    return ProfileWords(name, text, fields)


def _with_fields(fields: tuple[ProfileField, ...], said: Iterable[str]) -> tuple[ProfileField, ...]:
    """Fields with others in their place, behind them, or without some: `web=https://…`, `web=`."""
    found = {one.label: one for one in fields}
    for one in said:
        label, _, text = one.partition("=")
        label, text = clean_line(label), clean_line(text)
        if text:
            found[label] = ProfileField(label, text)
        else:
            found.pop(label, None)
    return tuple(found.values())


def profile_lines(view: ProfileView, now: Millis) -> Iterator[str]:
    """The profile in lines."""
    yield f"{view.name}  @{view.handle}"
    yield from _words_lines(view.words)
    yield ""
    check = view.check
    facts = [str(check.verdict), check.why, check.basis]
    yield f"A stranger's check would say: {', '.join(fact for fact in facts if fact)}"
    for line in check.lines:
        yield f"  {line.label}: {line.words}"
    yield ""
    yield (
        "What is missing:" if view.missing else "Nothing is missing that a stranger would look for."
    )
    for gap in view.missing:
        yield f"  {gap}"
    for title, posts in (("Pinned:", view.pinned), ("Lately, in public:", view.posts)):
        if posts:
            yield ""
            yield title
        for post in posts:
            yield from _post_lines(post, now)


def _words_lines(said: ProfileWords) -> Iterator[str]:
    yield f"  name: {said.name or '(nothing)'}"
    first, *rest = said.text.split("\n") if said.text else ["(nothing)"]
    yield f"  about you: {first}"
    yield from (f"    {line}" for line in rest)
    for field in said.fields:
        yield f"  {field.label}: {field.text}"


def _post_lines(post: OwnPostRow, now: Millis) -> Iterator[str]:
    yield f"  {words.span(now - post.at)}: {post.text or '(no words)'}"
    for alt in post.pictures:
        yield f"    [picture: {alt}]" if alt else "    [picture without a text]"
