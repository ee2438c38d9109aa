"""The composition root: settings, store, networks, hub, and then the screen or a verb.

The only place that knows every room. Imports stand where they are needed: `--help` and the quick verbs load
neither Textual nor anything that speaks to a network, and the screen is painted before a network is loaded.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # that of `typing` takes longer to load than `glance` takes to answer
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from tui_inbox.program import Inbox
    from tui_inbox.terminal_ground import Question

SWITCH_SECONDS = 0.0005
"""How long one thread may hold the others up. By the default of 5 ms the reader waits that long for each row
while the screen is busy, and the screen for each key while posts arrive."""

DONE = 0
FAILED = 1

NO_TERMINAL = (
    "The screen needs a terminal; without one there is tui-inbox digest, and --help lists the rest."
)
UNKNOWN_TERMINAL = "unknown"
NO_SCREEN = (
    "This terminal says that it can show no screen (TERM is unknown), so none was opened; set TERM to what it is, as "
    "xterm-256color, or use tui-inbox linear, and --help lists the rest."
)
ALREADY_RUNNING = (
    "tui-inbox is already running on this store (process {holder}). Nothing was started; use that one, "
    "or name another folder in TUI_INBOX_HOME."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program: the screen, or one verb.

    Returns:
        The exit code: 0 done, 1 failed (one sentence on standard error says why), 2 nobody has signed in
        or the words of the call are off.
    """
    gc.disable()  # nothing made while starting is garbage, and looking for it takes a tenth of the time
    os.umask(0o077)  # whatever the program writes is for its owner only
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["glance"]:
        from tui_inbox.status_bar import answer_at_once

        if answer_at_once(arguments[1:], os.environ):
            return DONE
    try:
        return _run_all(arguments)
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:  # the reader of a pipe went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """What a call says; without words it is the screen, which needs no parser of words (0.6 MiB)."""
    if not arguments:
        from types import SimpleNamespace
        from typing import cast

        from tui_inbox.cli.usual import USUAL

        return cast("argparse.Namespace", SimpleNamespace(**USUAL))
    from tui_inbox.cli.parser import parse

    return parse(arguments)


def _run_all(arguments: Sequence[str]) -> int:
    """Run a call, and those that follow from it: the welcome page leads to the demo town, and that back to it."""
    calls, code = [arguments], DONE
    while calls and code == DONE:
        code = _run(_options(calls.pop()), calls)
    return code


def _run(options: argparse.Namespace, then: list[Sequence[str]]) -> int:
    from tui_inbox.paths import HomeUnusable, cannot_be_used
    from tui_inbox.program import open_program
    from tui_inbox.settings_reading import SettingsError
    from tui_inbox.store.database import StoreError

    # Completions need neither folder nor settings nor store: packages make them while they are built.
    if options.verb == "completions":
        from tui_inbox.cli import completions

        return completions.run(None, options, None)
    try:
        with open_program(options) as program:
            if options.verb in (None, "demo") and _goes_line_by_line(program):
                options.verb = "linear"
            if options.verb in (None, "demo"):
                return _screen(program, then)
            from tui_inbox.cli.verbs import READS_NO_ORDER, run_verb

            if options.verb not in READS_NO_ORDER:
                program.keep_own_rules(program.stored_rules().result())
                program.keep_ask_rules()
            _collect_garbage()
            return run_verb(program, options)
    except (HomeUnusable, SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(cannot_be_used(error), file=sys.stderr)
    return FAILED


def _screen(program: Inbox, then: list[Sequence[str]]) -> int:
    """The screen, with the hub behind it. The hub starts when the first frame has been painted.

    Args:
        program: what is shown.
        then: takes the calls that are to follow, the next one last.
    """
    in_browser = (
        "TEXTUAL_DRIVER" in os.environ
    )  # `serve` starts it so, with pipes in a terminal's place
    if not in_browser and not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(NO_TERMINAL, file=sys.stderr)
        return FAILED
    if os.environ.get("TERM", "").lower() == UNKNOWN_TERMINAL:
        print(NO_SCREEN, file=sys.stderr)
        return FAILED
    question = _ask_for_ground(program.settings.look.theme)
    try:
        return _open_screen(program, question, then)
    finally:
        if question is not None:
            question.close()


def _open_screen(program: Inbox, question: Question | None, then: list[Sequence[str]]) -> int:
    """Load the screen, and run it until it is closed.

    Args:
        program: what is run.
        question: what the terminal was asked about its ground, if it was.
        then: takes the calls that are to follow, the next one last.
    """
    if program.never_read():
        print("Founding the town …", flush=True)
        program.sync()
    rules = program.stored_rules()  # the store is opened while the screen is loaded
    from tui_inbox.hung_up import end_when_hung_up
    from tui_inbox.look_of_settings import look_of
    from tui_inbox.terminal_ground import Ground, by_environment
    from tui_inbox.ui.app import InboxApp
    from tui_inbox.ui.keymap import in_force
    from tui_inbox.ui.services import Services, Terminal
    from tui_inbox.ui.themes import range_here

    stored = rules.result()
    if not program.lock.try_acquire():
        print(ALREADY_RUNNING.format(holder=program.lock.holder()), file=sys.stderr)
        return FAILED
    program.keep_own_rules(stored)
    hub = program.make_hub()

    def begin() -> None:
        """The first picture is there."""
        _collect_garbage()
        program.keep_own_choice()
        program.keep_ask_rules()
        program.count_who_waits()
        hub.start()
        end_when_hung_up(sys.stdin.fileno())

    from tui_inbox.settings_watch import SettingsWatch

    ground = question.answer() if question is not None else Ground(by_environment(os.environ))

    def services() -> Services:
        """What the screen is given, by the settings in force."""
        keys = in_force(program.key_lines())
        wrong = {one.id: one.what for one in keys.wrong}
        return Services(
            reader=program.reader,
            ctx=program.context_for(hub),
            fetcher=hub,
            subscribe=program.bus.subscribe,
            now=program.clock.now,
            started=begin,
            bubbles=program.bubble_wishes,
            mix=program.mix_target(),
            first_words=first_words(program.mistakes_in_keys(wrong)) if wrong else "",
            themes=program.paths.themes,
            keep_look=program.keep_look,
            terminal=Terminal(ground.dark is not False, range_here(), ground.typed),
            look=look_of(program.settings, keys),
            settings=watch,
            signs_in=program.signs_in(hub),
            tour=program.begins_tour,
        )

    watch = SettingsWatch(program, hub, services)
    sys.setswitchinterval(SWITCH_SECONDS)
    app = InboxApp(services())
    try:
        app.run()
    finally:
        hub.stop()
    if app.next_call:
        then += [(), app.next_call]
    return DONE


def _ask_for_ground(theme: str) -> Question | None:
    """Ask the terminal whether it is dark, if the theme depends on that; it answers while the screen is loaded."""
    if theme != "auto":
        return None
    from tui_inbox.terminal_ground import Question

    return Question(sys.stdin.fileno(), sys.stdout.fileno())


def first_words(left_out: Sequence[str]) -> str:
    """What is said first where lines of the settings are left out: the first of them, and how many more there are.

    Args:
        left_out: a sentence for each.
    """
    if len(left_out) < 2:
        return "".join(left_out)
    return f"{left_out[0]} {len(left_out) - 1} more: tui-inbox doctor names them."


def _collect_garbage() -> None:
    """Look for garbage again, but never through what has been loaded until now: it stays until the end."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _goes_line_by_line(program: Inbox) -> bool:
    """Whether no screen is painted although no verb asks for lines.

    So it is set, or the terminal cannot do otherwise, or the environment says so to all programs: `ACCESSIBLE`, as
    prompts of several other programs have it.
    """
    is_wanted = os.environ.get("ACCESSIBLE", "").lower() not in ("", "0", "false")
    is_dumb = os.environ.get("TERM") == "dumb" and sys.stdin.isatty() and sys.stdout.isatty()
    return program.settings.linear.always or is_wanted or is_dumb
