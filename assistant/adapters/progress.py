"""A progress bar in Chinese on stderr, there only while something is really being done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from assistant.adapters.index_store import Progress

_SHAPE = "{desc}：{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} 条 [已用 {elapsed}，剩余 {remaining}]"


@contextmanager
def bar(what: str) -> Iterator[Progress]:
    """Give a function that shows how far `what` is; the bar appears with its first call."""
    shown: Any = None

    def tell(done: int, total: int) -> None:
        nonlocal shown
        if shown is None:
            shown = tqdm(total=total, desc=what, file=sys.stderr, bar_format=_SHAPE)
        shown.update(done - shown.n)

    try:
        yield tell
    finally:
        if shown is not None:
            shown.close()
