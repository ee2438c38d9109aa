"""The conformance data of twitter-text, which stands beside the project and not in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "twitter-text"


def conformance(file: str) -> dict[str, list[dict[str, Any]]]:
    """The cases of a file by section; skips the test where it is not there, and fails where everything must be checked.

    Args:
        file: as `validate.yml`.
    """
    path = FOLDER / file
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path} is missing: the counting of X cannot be checked")
        pytest.skip("the conformance data of twitter-text is not beside the project")
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    sections: dict[str, list[dict[str, Any]]] = read["tests"]
    return sections
