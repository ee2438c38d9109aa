"""Moments, letters, feeds, settings, paths, secrets and logs."""

from __future__ import annotations

import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.account import choose_letters
from tui_inbox.core.moment import DAY, HOUR, MINUTE, SECOND, age, to_datetime, to_millis
from tui_inbox.core.post import Feed, FeedKind
from tui_inbox.core.reading import MediaShown, OwnChoice
from tui_inbox.logs import RedactSecrets
from tui_inbox.paths import HomeUnusable, cannot_be_used, find_paths
from tui_inbox.program import own_choice
from tui_inbox.secret_file import SecretFile
from tui_inbox.settings import ReadingSettings, Settings
from tui_inbox.settings_lines import lines_of
from tui_inbox.settings_reading import SettingsError, load_settings


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (-5 * SECOND, "0s"),
        (0, "0s"),
        (59 * SECOND, "59s"),
        (MINUTE, "1m"),
        (59 * MINUTE, "59m"),
        (5 * HOUR, "5h"),
        (23 * HOUR, "23h"),
        (DAY, "1d"),
        (13 * DAY, "13d"),
        (14 * DAY, "2w"),
        (99 * 7 * DAY, "99w"),
        (104 * 7 * DAY, "2y"),
    ],
)
def test_an_age_is_said_in_three_characters(passed: int, expected: str) -> None:
    assert age(10**12, 10**12 + passed) == expected


@given(st.integers(0, 80 * 365 * DAY))
def test_no_age_is_longer_than_its_field(passed: int) -> None:
    assert len(age(0, passed)) <= 3


def test_a_moment_without_a_zone_is_utc() -> None:
    moment = datetime(2026, 11, 21, 12, 30)  # noqa: DTZ001 - the missing zone is what is tested
    assert to_datetime(to_millis(moment)) == moment.replace(tzinfo=UTC)


@given(st.text(max_size=20), st.sets(st.text("abc", min_size=2, max_size=2), max_size=8))
def test_two_letters_are_never_given_twice(handle: str, taken: set[str]) -> None:
    letters = choose_letters(handle, frozenset(taken))
    assert len(letters) == 2
    assert letters not in taken


def test_letters_come_from_the_name() -> None:
    assert choose_letters("mira@town.example", frozenset()) == "mi"
    assert choose_letters("mira@town.example", frozenset({"mi"})) == "mr"


@given(st.sampled_from(FeedKind), st.text())
def test_a_feed_can_be_read_back(kind: FeedKind, argument: str) -> None:
    assert Feed.parse(str(Feed(kind, argument))) == Feed(kind, argument)


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_settings_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, '[look]\ndensity = "dense"\n\n[sending]\nhold_seconds = 30\n')
    settings = load_settings(path)
    assert (settings.look.density, settings.sending.hold_seconds) == ("dense", 30)


@pytest.mark.parametrize(
    ("text", "line", "key", "hint"),
    [
        ('[look]\ndensty = "dense"\n', 2, "look.densty", "is density meant?"),
        ('# mine\n\n[look]\ndensity = "tight"\n', 4, "look.density", "one of normal, dense"),
        ("[sending]\nhold_seconds = 6000\n", 2, "sending.hold_seconds", "from 0 to 600"),
        ("[sending]\nhold_seconds = true\n", 2, "sending.hold_seconds", "a whole number"),
        ("look = 3\n", 1, "look", "this is a table"),
        ("[lok]\n", 1, "lok", "is look meant?"),
        ("keys = 3\n", 1, "keys", "this is a table"),
        ('[keys]\n"item.done" = 7\n', 2, "keys.item.done", "a text in quotes"),
        ('[look]\n\n[keys]\nzoom = "z"\nitem.done = 7\n', 5, "keys.item.done", "a text in quotes"),
        ("[keys.item]\n\ndone = 7\n", 3, "keys.item.done", "a text in quotes"),
    ],
)
def test_a_wrong_setting_is_named_with_line_and_key(
    tmp_path: Path, text: str, line: int, key: str, hint: str
) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(write(tmp_path, text))
    assert f"line {line}, key {key}:" in str(error.value)
    assert hint in str(error.value)


def test_every_wrong_setting_is_named_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = '[keys]\nzoom = 3\n\n[look]\ntheme = "inbox-light"\ndensty = 1\ndensity = "tight"\n'
    with pytest.raises(SettingsError) as error:
        load_settings(write(tmp_path, text))
    lines = str(error.value).splitlines()
    assert list(error.value.mistakes) == lines
    places = ("line 2, key keys.zoom:", "line 6, key look.densty:", "line 7, key look.density:")
    for line, place in zip(lines, places, strict=True):
        assert place in line
        assert line.endswith("Nothing was changed; mend that line.")
    assert error.value.rest.look.theme == "inbox-light"


def test_a_list_of_texts_is_read_and_anything_else_named(tmp_path: Path) -> None:
    path = write(tmp_path, '[reading]\nlanguages = ["en", "de"]\n')
    assert load_settings(path).reading.languages == ("en", "de")
    with pytest.raises(SettingsError, match="a list of texts in quotes"):
        load_settings(write(tmp_path, '[reading]\nlanguages = "en"\n'))


def test_what_the_settings_say_of_reading_is_what_queries_are_told() -> None:
    assert own_choice(ReadingSettings()) == OwnChoice()
    settings = ReadingSettings(
        expand_warnings="never",
        expand_warnings_of=("@ada@town.example", " bea@town.example "),
        expand_warnings_with=("food",),
        media="all",
        languages=("en",),
    )
    people = ("ada@town.example", "bea@town.example")
    assert own_choice(settings) == OwnChoice(False, MediaShown.ALL, people, ("food",), ("en",))
    assert own_choice(ReadingSettings(expand_warnings="always")).warnings is True


def test_settings_are_told_as_toml_that_reads_the_same(tmp_path: Path) -> None:
    text = (
        '[look]\nplain_glyphs = true\n[reading]\nlanguages = ["en"]\n[keys]\n"palette" = "\\" :"\n'
    )
    settings = load_settings(write(tmp_path, text))
    lines = list(lines_of(settings))
    assert load_settings(write(tmp_path, "\n".join(lines))) == settings
    assert "plain_glyphs = true" in lines
    assert "hold_seconds = 10  # default" in lines


def test_keys_may_be_written_with_quotes_or_without(tmp_path: Path) -> None:
    path = write(tmp_path, '[keys]\n"item.done" = "D"\nitem.later = "L ctrl+l"\nzoom = ""\n')
    assert load_settings(path).keys == {"item.done": "D", "item.later": "L ctrl+l", "zoom": ""}


def test_broken_toml_is_one_sentence_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="line 2"):
        load_settings(write(tmp_path, "[look]\ndensity = \n"))


def test_everything_lives_below_the_chosen_home(tmp_path: Path) -> None:
    paths = find_paths({"TUI_INBOX_HOME": str(tmp_path / "home")})
    paths.make()
    for place in (paths.store, paths.demo_store, paths.secrets, paths.settings, paths.log):
        assert place.is_relative_to(tmp_path / "home")
    assert stat.S_IMODE(paths.data.stat().st_mode) == 0o700


def test_a_folder_that_is_none_is_named_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for home in (file, file / "below"):
        with pytest.raises(HomeUnusable) as error:
            find_paths({"TUI_INBOX_HOME": str(home)}).make()
        assert str(error.value).startswith(f"{file} is no folder. Nothing was changed")
        assert "TUI_INBOX_HOME" in str(error.value)
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    paths = find_paths({"TUI_INBOX_HOME": str(tmp_path)})
    paths.log.mkdir(parents=True)
    with pytest.raises(HomeUnusable, match=r"tui-inbox\.log is a folder, where a file belongs"):
        paths.make()


def test_what_the_system_refuses_is_told_without_numbers() -> None:
    told = str(cannot_be_used(PermissionError(13, "Permission denied", "/x/data")))
    assert told.startswith("/x/data cannot be used (permission denied). Nothing was changed")
    assert str(cannot_be_used(OSError("odd"))).startswith(
        "A file of tui-inbox cannot be used (odd)"
    )


def test_damaged_secrets_are_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_bytes(b"\xff no secrets")
    with pytest.raises(OSError, match="no tokens that can be read"):
        SecretFile(path).put("one", "s3cret")
    assert path.read_bytes() == b"\xff no secrets"


def test_secrets_are_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "secrets.json"
    secrets = SecretFile(path)
    assert secrets.get("one") is None
    secrets.put("one", "s3cret")
    secrets.put("two", "other")
    secrets.forget("two")
    secrets.forget("three")
    assert SecretFile(path).get("one") == "s3cret"
    assert SecretFile(path).get("two") is None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {one.name for one in path.parent.iterdir()} == {"secrets.json", "secrets.lock"}
    assert "s3cret" not in repr(secrets)


def test_the_log_never_holds_a_token() -> None:
    record = logging.LogRecord(
        "tui_inbox", logging.INFO, "", 0, "GET /x?access_token=%s Bearer %s", ("abc", "def"), None
    )
    RedactSecrets().filter(record)
    assert record.getMessage() == "GET /x?access_token=… Bearer …"


def test_two_programs_that_keep_secrets_at_once_lose_none(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"

    def keep(program: int) -> None:
        secrets = SecretFile(path)
        for number in range(25):
            secrets.put(f"{program}:{number}", "s3cret")

    with ThreadPoolExecutor(4) as programs:
        list(programs.map(keep, range(4)))
    assert all(SecretFile(path).get(f"{n}:{m}") for n in range(4) for m in range(25))
