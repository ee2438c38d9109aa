"""What somebody does in a day, done in a real terminal: none of it takes more keys than it may."""

from __future__ import annotations

from pathlib import Path

from support.installed import Installed
from support.tasks import page, run_all

PAGE = Path(__file__).parents[2] / "docs" / "tasks.md"


def test_nothing_of_a_day_takes_more_keys_than_it_may_and_the_page_says_how_many(
    tmp_path: Path,
) -> None:
    done = list(run_all(Installed(tmp_path / "town"), Installed(tmp_path / "other")))
    assert [one.task.wish for one in done if one.count > one.task.most] == []
    assert page(done) == PAGE.read_text(encoding="utf-8")
