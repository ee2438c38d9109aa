"""Paths as people type and paste them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_inbox.ui.paths import completed, is_file, path_named


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with three things in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PICTURES", str(tmp_path / "pictures"))
    (tmp_path / "pictures").mkdir()
    for name in ("two choirs.png", "two cats.png", ".hidden"):
        (tmp_path / "pictures" / name).write_bytes(b"x")
    return tmp_path / "pictures"


def test_home_variables_quotes_and_addresses_are_understood(folder: Path) -> None:
    picture = folder / "two cats.png"
    for typed in (
        "~/pictures/two cats.png",
        "$PICTURES/two cats.png",
        f"'{picture}'",
        f"{folder}/two\\ cats.png",
        f"file://{folder}/two%20cats.png",
        f"  {picture}\n",
    ):
        assert path_named(typed) == picture
        assert is_file(typed)


def test_what_is_no_file_is_none(folder: Path) -> None:
    for typed in (str(folder), "~/pictures/none.png", "/\0", "/" + "x" * 5_000, "~nobody-here/x"):
        assert not is_file(typed)


def test_a_path_goes_on_as_far_as_it_is_certain(folder: Path) -> None:
    assert completed("~/pi") == "~/pictures/"
    assert completed("~/pictures/t") == "~/pictures/two c"
    assert completed("~/pictures/two ca") == "~/pictures/two cats.png"
    assert completed("~/pictures/") == "~/pictures/two c"
    assert completed("~/pictures/.") == "~/pictures/.hidden"
    assert completed("~/nowhere/x") == "~/nowhere/x"
    assert completed("~") == "~/"
