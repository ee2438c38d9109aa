"""What is wrong with a look is told by `config` and `doctor`, and stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_inbox.look_mistakes import mistakes_in_look
from tui_inbox.settings_reading import load_settings


def mistakes(folder: Path, theme: str) -> tuple[str, ...]:
    """What is said of a file that wants a theme."""
    settings = folder / "settings.toml"
    settings.write_text(f'# mine\n[look]\ntheme = "{theme}"\n')
    return mistakes_in_look(settings, folder / "themes", load_settings(settings).look)


def test_a_theme_that_nobody_has_is_named_with_its_line(tmp_path: Path) -> None:
    (sentence,) = mistakes(tmp_path, "gruvbix")
    assert "line 3, key look.theme" in sentence
    assert "is gruvbox meant?" in sentence
    assert "inbox-dark is on" in sentence


@pytest.mark.parametrize("theme", ["auto", "inbox-contrast-light", "nord", "harbour"])
def test_a_theme_that_there_is_is_no_mistake(tmp_path: Path, theme: str) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "harbour.toml").write_text('ground = "#000"\ntext = "#fff"\n')
    assert mistakes(tmp_path, theme) == ()


def test_files_of_themes_are_looked_at_whichever_is_on(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "harbour.toml").write_text('ground = "#000"\n')
    (sentence,) = mistakes(tmp_path, "nord")
    assert "harbour.toml, key text: it is missing" in sentence
