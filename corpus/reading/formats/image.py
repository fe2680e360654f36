"""Pictures of documents: photographed and scanned notices, page by page."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.paged import PagedDocument
from corpus.reading.formats.pdf_page import PageContent
from corpus.reading.formats.recognition import Recognizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

MOST_PIXELS = 80_000_000
MOST_FRAMES = 100
LONGEST_SIDE = 3000


def read_image(name: str, data: bytes, recognizer: Recognizer) -> SourceDocument:
    """Recognise a picture; of a TIFF or GIF each frame is a page.

    Raises:
        UnreadableError: damaged, too large, or recognition is not installed.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    whole = PagedDocument(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            raise UnreadableError(f"{name}：图片过大（{picture.width}×{picture.height}）。请缩小后重试。")
        for at in range(min(getattr(picture, "n_frames", 1), MOST_FRAMES)):
            picture.seek(at)
            shown = ImageOps.exif_transpose(picture).convert("RGB")
            shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            content = PageContent(at + 1, float(shown.width), float(shown.height))
            scan = recognizer.picture(_blue_first(shown), at + 1)
            if scan is not None:
                whole.add_scan(content, scan)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise UnreadableError(f"{name}：图片已损坏或格式不支持。请另存为 png 或 jpg 后重试。") from None
    return whole.document(recognizer.warnings())


def opened_picture(data: bytes) -> NDArray[np.uint8] | None:
    """Return a picture as rows of pixels, blue first; None for what is no picture or too large."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > MOST_PIXELS:
            return None
        shown = picture.convert("RGB")
        shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _blue_first(shown)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        return None


def _blue_first(picture: Image) -> NDArray[np.uint8]:
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
