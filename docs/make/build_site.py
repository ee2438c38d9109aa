"""The documents as a site: `python docs/make/build_site.py FOLDER` builds it, and fails at a link that leads nowhere.

It needs `pip install ".[docs]"`. What it builds fetches nothing from any other host, which is looked at here.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CHANGELOG.md", "tests/README.md", "docs/*.md", "docs/networks/*.md")
SHOWN = ("docs/screenshots/*.svg", "docs/recorded/*")

_FETCHED = re.compile(
    r"""<(?:script|img|iframe|source|audio|video)\b[^>]*?\bsrc=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|icon))[^>]*?\bhref=["']?((?:https?:)?//[^"'\s>]+)"""
    r"""|url\(["']?((?:https?:)?//[^"')]+)|@import\s+["']((?:https?:)?//[^"']+)"""
)
"""What a browser fetches by itself; links are followed by people."""


def build(folder: Path) -> None:
    """Build the site.

    Args:
        folder: where to; what is there is replaced.

    Raises:
        SystemExit: a link leads nowhere, or something would be fetched from another host.
    """
    with tempfile.TemporaryDirectory() as home:
        work = Path(home)
        for pattern in (*PAGES, *SHOWN):
            for file in ROOT.glob(pattern):
                copy = work / "pages" / file.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy)
        shutil.copy(ROOT / "docs" / "zensical.toml", work)
        done = subprocess.run(
            [sys.executable, "-m", "zensical", "build", "--strict"],
            cwd=work,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"The site was not built:\n{done.stdout}{done.stderr}")
        if fetched := sorted(set(fetched_from_elsewhere(work / "site"))):
            sys.exit("Pages fetch from other hosts:\n" + "\n".join(fetched))
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work / "site", folder)


def fetched_from_elsewhere(site: Path) -> Iterator[str]:
    """What browsers would fetch from other hosts: the file, and the address in it."""
    for file in site.rglob("*"):
        if file.suffix in (".html", ".css"):
            for match in _FETCHED.finditer(file.read_text("utf-8")):
                yield f"{file.relative_to(site)}: {next(filter(None, match.groups()))}"


def main() -> None:
    """Build it where the call says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "site", metavar="FOLDER")
    folder = parser.parse_args().folder
    build(folder)
    print(f"{folder / 'index.html'} is its first page; a browser wants it from a server:")
    print(f"  python -m http.server --bind 127.0.0.1 --directory {folder}")


if __name__ == "__main__":
    main()
