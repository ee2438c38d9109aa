"""Writing one draft, line by line: each line is on disk before the next one is asked for.

What begins with a dot is a command; two dots begin a line with one. A dot alone sends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from msgspec.structs import replace

from tui_inbox.cli.linear import spoken
from tui_inbox.cli.linear.session import Session
from tui_inbox.cli.linear.spoken import sentence
from tui_inbox.cli.preview import preview_lines
from tui_inbox.cli.writing import attached, choices, described
from tui_inbox.commands import drafts as draft_commands
from tui_inbox.commands import sending
from tui_inbox.commands.context import NotPossible
from tui_inbox.commands.later import parse_later, parse_span
from tui_inbox.core.account import Limits
from tui_inbox.core.audiences import CHOICES, IN_WORDS
from tui_inbox.core.count import counter_of
from tui_inbox.core.draft import PollDraft
from tui_inbox.core.language_tag import language_tag
from tui_inbox.core.not_kept import NotKept
from tui_inbox.core.post import Audience
from tui_inbox.core.text import clean, clean_line
from tui_inbox.editor import NoEditor, edit
from tui_inbox.priority.phrases import counted
from tui_inbox.queries import composing
from tui_inbox.queries import thread as thread_query
from tui_inbox.queries.rows import ReplyContext
from tui_inbox.queries.words import enumerated

PROMPT = "text> "
HOW = "Type the text. A dot alone sends it, .help lists the rest."
KEPT = "The text is kept: drafts lists it."


class Writer:
    """Writes one draft, line by line, until it is sent, kept or thrown away.

    Args:
        session: the sitting.
        context: whom it answers, and the draft as it is by now.
    """

    def __init__(self, session: Session, context: ReplyContext) -> None:
        self._session = session
        self._context = context
        self._draft = context.draft
        is_begun = bool(context.draft.id) or context.draft.edits is not None
        self._head = "" if is_begun else context.draft.text  # names that the first line goes behind
        self._said = ""
        self._meant = False
        self._is_open = True

    def run(self) -> None:
        """Hear lines until it is over."""
        session = self._session
        commands, session.voice.complete = session.voice.complete, self._completions
        self._open()
        try:
            while self._is_open:
                try:
                    self._take(session.voice.ask(PROMPT))
                except KeyboardInterrupt:
                    session.voice.break_line()
                except (NotPossible, NotKept) as error:
                    session.say(sentence(str(error)))
        except EOFError:
            self.keep("")
        finally:
            session.voice.complete = commands

    def _open(self) -> None:
        session, draft = self._session, self._draft
        session.say(self._whom())
        if self._context.answered_meanwhile:
            session.say(sentence(self._context.answered_meanwhile))
        if draft.id:
            since = spoken.ago(draft.updated_at, session.now())
            session.say(f"Your draft, {since}:", *draft.text.splitlines())
        elif draft.edits is not None:
            session.say("As it stands:", *draft.text.splitlines())
        session.say(HOW)

    def _whom(self) -> str:
        """From whom, to whom, and who will be able to read it."""
        draft, context = self._draft, self._context
        names = [person.name for person in context.to]
        to = f"to {enumerated(names)}" if names else "a new post"
        if draft.edits is not None:
            to = "changing your post"
        elif draft.quotes is not None:
            to = "quoting a post"
        facts = (
            f"As {self._session.account(draft.account).handle}",
            to,
            f"for {IN_WORDS[draft.audience]}",
            f"language {draft.language}" if draft.language else "",
            f"behind a warning: {draft.warning}" if draft.warning else "",
        )
        return sentence(", ".join(fact for fact in facts if fact))

    def _take(self, line: str) -> None:
        """Take a line of text, or do what a line with a dot says."""
        if not line.startswith(".") or line.startswith(".."):
            self._change(text=self._with_line(line.removeprefix(".") if line[:2] == ".." else line))
            return
        name, _, words = line[1:].partition(" ")
        command = _COMMANDS.get(name.lower() or "send")
        if command is None:
            raise NotPossible(f"There is no .{name} here; .help lists what there is.")
        command.do(self, words.strip())

    def _with_line(self, line: str) -> str:
        text = self._draft.text
        return f"{text}{line}" if not text or text == self._head else f"{text}\n{line}"

    def _change(self, **changes: object) -> None:
        """Go on with the draft changed so; on disk when this returns."""
        self._said = ""
        self._draft = replace(self._draft, **changes)
        self._draft = draft_commands.save(self._session.ctx, self._draft).result()

    def _limits(self) -> Limits:
        around = self._session.ask(composing.surroundings, self._draft)
        return around.limits.get(self._draft.account, Limits())

    def _completions(self, line: str, word: str) -> Sequence[str]:
        if line == word and word.startswith("."):
            return [f".{name}" for name in _COMMANDS if f".{name}".startswith(word)]
        if word.startswith("@"):
            found = self._session.ask(
                composing.people, self._draft.account, word[1:], now=self._session.now()
            )
            return [f"@{person.handle}" for person in found]
        if line.startswith(".to "):
            return [choice for choice in CHOICES if choice.startswith(word)]
        return ()

    # Commands with a dot

    def send(self, words: str) -> None:
        """Hand it to the outbox, unless something is to be said first."""
        session, draft = self._session, self._draft
        said = self._said_elsewhere()
        if said and said != self._said:
            self._said = said
            raise NotPossible(f"{said}. A dot again sends yours.")
        session.say(sentence(session.ask(composing.said_today, draft, now=session.now())))
        outcome = sending.send(session.ctx, draft, asked=self._meant).result()
        self._meant = outcome.asks
        session.say(sentence(outcome.sentence))
        self._is_open = outcome.action is None

    def _said_elsewhere(self) -> str:
        """Whether the account has answered it from another app meanwhile; of a post that is gone sending tells."""
        draft, now = self._draft, self._session.now()
        if draft.reply_to is None:
            return ""
        with suppress(LookupError):
            asked = thread_query.reply_context
            return self._session.ask(
                asked, draft.account, draft.reply_to, now=now
            ).answered_meanwhile
        return ""

    def warning(self, words: str) -> None:
        """Put a warning in front of it; without words none."""
        self._change(warning=clean_line(words))
        self._session.say(self._whom())

    def audience(self, words: str) -> None:
        """Choose who may read it."""
        if words not in CHOICES:
            raise NotPossible(f"It can be for {', '.join(CHOICES)}.")
        audience = Audience(words)
        widest = self._session.ask(composing.surroundings, self._draft).widest
        if widest is not None and audience.is_wider_than(widest):
            raise NotPossible(
                f"What you answer is for {IN_WORDS[widest]}, so the answer cannot be for {IN_WORDS[audience]}."
            )
        self._change(audience=audience)
        self._session.say(self._whom())

    def language(self, words: str) -> None:
        """Say its language."""
        try:
            self._change(language=language_tag(clean_line(words)))
        except ValueError as error:
            raise NotPossible(str(error)) from error
        self._session.say(self._whom())

    def sender(self, words: str) -> None:
        """Let another account write a new post; it is for no more people than that one usually posts for."""
        if self._draft.about is not None:
            raise NotPossible("This is written by the account that sees what it is about.")
        wanted = words.lstrip("@").lower()
        known = self._session.accounts
        found = next((one for one in known if wanted in (one.letters, one.handle.lower())), None)
        if found is None:
            raise NotPossible(f"Name an account: {', '.join(one.handle for one in known)}.")
        handed = self._draft.written_by(found.id)
        usual = self._session.ask(composing.surroundings, handed).usual[found.id]
        self._draft = handed
        self._change(audience=handed.audience.narrower_of(usual))
        self._session.say(self._whom())

    def attach(self, words: str) -> None:
        """Let a file go with it."""
        file = attached(self._session.ctx, [self._limits()], words, "")
        self._change(attachments=(*self._draft.attachments, file))
        self._session.say(f"{file.name} goes with it. .alt and words say what can be seen in it.")

    def describe(self, words: str) -> None:
        """Say what can be seen or heard in the last file."""
        if not self._draft.attachments:
            raise NotPossible("There is no file yet: .attach and its path.")
        *before, last = self._draft.attachments
        alt = described([self._limits()], last.name, words)
        self._change(attachments=(*before, replace(last, alt=alt)))
        self._session.say(f"{last.name} is described.")

    def poll(self, words: str) -> None:
        """Let a poll go with it; without choices none."""
        options = choices(words)
        self._change(poll=PollDraft(options) if options else None)
        told = f"A poll with {counted(len(options), 'choice')}, for a day; .lasts 6h changes that."
        self._session.say(told if options else "No poll.")

    def lasts(self, words: str) -> None:
        """Say how long one can vote."""
        if self._draft.poll is None:
            raise NotPossible("There is no poll yet: .poll rye|spelt.")
        try:
            lasts = parse_span(words)
        except ValueError as error:
            raise NotPossible(str(error)) from error
        self._change(poll=replace(self._draft.poll, lasts=lasts))
        self._session.say(f"One can vote for {spoken.span(lasts)}.")

    def at(self, words: str) -> None:
        """Say when it is posted; without a time at once."""
        try:
            moment = parse_later(words, self._session.now()).until if words else None
        except ValueError as error:
            raise NotPossible(str(error)) from error
        self._change(send_at=moment)
        self.preview("")

    def split(self, words: str) -> None:
        """Send a long text as a thread, or no longer."""
        self._change(split=not self._draft.split)
        self._session.say("It goes out as a thread." if self._draft.split else "It stays one post.")

    def preview(self, words: str) -> None:
        """Read it as it will be sent."""
        session, draft, limits = self._session, self._draft, self._limits()
        account = session.account(draft.account)
        lines = preview_lines(account, limits, self._context.to, draft, session.now())
        session.say(sentence(next(lines)), *lines)
        if not draft.split:
            left = counter_of(limits).left(draft.text, draft.warning)
            session.say(
                f"{counted(left, 'character')} left." if left >= 0 else f"{-left} too many."
            )

    def edit(self, words: str) -> None:
        """Write in $EDITOR."""
        try:
            text = edit(self._draft.text)
        except NoEditor as error:
            raise NotPossible(str(error)) from error
        self._change(text=clean(text).rstrip())
        self._session.say(*self._draft.text.splitlines())

    def undo(self, words: str) -> None:
        """Take the last line back."""
        text = self._draft.text
        if text == self._head:
            raise NotPossible("Nothing is typed yet.")
        before, line_end, _ = text.rpartition("\n")
        self._change(text=before if line_end else self._head)
        self._session.say("The last line is taken back.", *self._draft.text.splitlines()[-1:])

    def keep(self, words: str) -> None:
        """Close; the text is kept."""
        self._is_open = False
        self._session.say(KEPT if self._draft.id else "Nothing was typed, and nothing is kept.")

    def discard(self, words: str) -> None:
        """Throw it away; undo brings it back."""
        self._is_open = False
        if self._draft.id:
            self._session.tell(draft_commands.throw_away(self._session.ctx, self._draft.id))
        else:
            self._session.say("Nothing was typed.")

    def help(self, words: str) -> None:
        """Say what there is."""
        self._session.say(
            *(f".{f'{name} {one.takes}'.strip()}: {one.does}." for name, one in _COMMANDS.items()),
            "Two dots begin a line of the text with one.",
        )


class DotCommand(NamedTuple):
    """A command among lines of text.

    Attributes:
        takes: what may stand behind it.
        does: what it does, as `.help` says it.
        do: does it.
    """

    takes: str
    does: str
    do: Callable[[Writer, str], None]


_COMMANDS = {
    "send": DotCommand("", "sends it; a dot alone does, too", Writer.send),
    "preview": DotCommand("", "reads it as it will be sent, and what is left", Writer.preview),
    "to": DotCommand("WHO", f"who may read it: {', '.join(CHOICES)}", Writer.audience),
    "warning": DotCommand("WORDS", "puts a warning in front of it", Writer.warning),
    "language": DotCommand("TAG", "says its language, as en or pt-BR", Writer.language),
    "from": DotCommand("ACCOUNT", "lets another account write a new post", Writer.sender),
    "attach": DotCommand("FILE", "lets a file go with it", Writer.attach),
    "alt": DotCommand("WORDS", "says what can be seen or heard in the last file", Writer.describe),
    "poll": DotCommand("A|B", "lets a poll go with it", Writer.poll),
    "lasts": DotCommand("SPAN", "says how long one can vote, as 6h or 1d", Writer.lasts),
    "at": DotCommand("TIME", "says when it is posted: 18:30, tomorrow 8:00, 28 nov", Writer.at),
    "split": DotCommand("", "sends a long text as a thread", Writer.split),
    "edit": DotCommand("", "opens $EDITOR", Writer.edit),
    "undo": DotCommand("", "takes the last line back", Writer.undo),
    "keep": DotCommand("", "closes it; the text is kept (ctrl+d too)", Writer.keep),
    "discard": DotCommand("", "throws it away", Writer.discard),
    "help": DotCommand("", "lists these", Writer.help),
}
