"""Files to pixels. What strangers made is opened here, so everything is bounded, and whatever goes wrong is a sentence.

Called in a thread: a large photo takes a quarter of a second.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL import Image

    Pixels: TypeAlias = Image.Image

MOST_PIXELS = 32_000_000
"""Pixels of a picture that is read: 128 MB while that is done. Servers shrink larger ones; what is left are bombs."""
LARGEST = (1600, 1200)
"""Pixels that are kept: more than a column of a terminal has."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
"""What is read; Pillow knows forty more, many of them old and little tested."""


class Unreadable(Exception):
    """A file is no picture that can be shown. `str()` is one sentence."""


def read_pixels(file: Path) -> Pixels:
    """The pixels of a picture, of its first frame if it moves, upright, not larger than `LARGEST`.

    Raises:
        Unreadable: it cannot be shown.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    Image.init()
    formats = [name for name in FORMATS if name in Image.OPEN]
    try:
        with Image.open(file, formats=formats) as opened:
            opened.draft(
                "RGB", LARGEST
            )  # a JPEG is read at an eighth, a quarter or half of its size
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail(LARGEST)
            return upright.convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Unreadable("This picture is too large to be shown here.") from None
    # What decoders raise at a broken file is of every kind: it is the file that is at fault.
    except Exception:
        raise Unreadable("This file is broken, or no picture that can be shown here.") from None


def on_ground(pixels: Pixels, ground: tuple[int, int, int]) -> Pixels:
    """A picture without anything that shines through, on a ground."""
    from PIL import Image

    below = Image.new("RGBA", pixels.size, (*ground, 255))
    below.alpha_composite(pixels)
    return below.convert("RGB")
