"""Files that go with a text: what a server would not take is said before anything is copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.town_builder import Town

from tui_inbox.commands import files
from tui_inbox.commands.context import NotPossible
from tui_inbox.core.account import Limits
from tui_inbox.core.post import MediaKind


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small picture."""
    path = tmp_path / "choir.PNG"
    path.write_bytes(b"not really a picture")
    return path


def test_a_file_is_copied_so_that_the_draft_stays_whole(town: Town, picture: Path) -> None:
    kept = files.keep(town.context, picture, [Limits()])
    picture.unlink()
    assert (kept.name, kept.kind, kept.alt) == ("choir.PNG", MediaKind.PICTURE, "")
    assert town.store.files.path_of(kept.file).read_bytes() == b"not really a picture"


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(media_types=("image/jpeg",)), r"takes no files like choir.PNG \(image/png\)"),
        (Limits(picture_bytes=4), "the server takes 0 MB at most"),
    ],
)
def test_what_a_server_would_not_take_is_not_attached(
    town: Town, picture: Path, limits: Limits, sentence: str
) -> None:
    with pytest.raises(NotPossible, match=sentence):
        files.keep(town.context, picture, [Limits(), limits])


def test_what_cannot_be_read_is_one_sentence(town: Town, tmp_path: Path) -> None:
    with pytest.raises(NotPossible, match="There is no file"):
        files.keep(town.context, tmp_path / "none.png", [Limits()])
    (tmp_path / "empty.png").touch()
    with pytest.raises(NotPossible, match="is empty, so it was not attached"):
        files.keep(town.context, tmp_path / "empty.png", [Limits()])


def test_what_a_file_is_stands_in_its_name() -> None:
    kinds = {name: files.kind_of(name) for name in ("a.mp4", "b.ogg", "c.webp", "d.tar.gz", "e")}
    assert kinds == {
        "a.mp4": MediaKind.VIDEO,
        "b.ogg": MediaKind.AUDIO,
        "c.webp": MediaKind.PICTURE,
        "d.tar.gz": MediaKind.FILE,
        "e": MediaKind.FILE,
    }
