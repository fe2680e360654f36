"""Count characters and pairs for `characters.npz`.

    python -m corpus.reading.train_characters OUT.npz PASSAGES.jsonl.gz...

Each line of a passage file is JSON with the text under "t". The shipped file was counted from the
statute articles of STARD (MIT licence) and the CMRC 2018 train and trial passages (CC BY-SA 4.0); it
holds counts only, no text. Pairs seen fewer than three times are left out.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.reading.characters import folded

RAREST_PAIR = 3


def passages(path: Path) -> Iterator[str]:
    """Yield the texts of one gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["t"]


def count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Count single characters and neighbouring pairs."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        line = re.sub(r"\s+", "\n", folded(text))
        singles.update(line)
        pairs.update(map("".join, itertools.pairwise(line)))
    return singles, pairs


def main(out: str, *sources: str) -> None:
    """Count the sources and write the model file."""
    import numpy as np

    singles, pairs = count(text for source in sources for text in passages(Path(source)))
    kept = {pair: n for pair, n in sorted(pairs.items()) if n >= RAREST_PAIR}
    chars = "".join(sorted(char for char in singles if ord(char) < 0x10000))
    number = {char: i for i, char in enumerate(chars)}
    rows = [(number[p[0]], number[p[1]], n) for p, n in kept.items() if p[0] in number and p[1] in number]
    firsts, seconds, counts = zip(*rows, strict=True)
    np.savez_compressed(
        out,
        characters=np.array(chars),
        singles=np.array([singles[c] for c in chars], dtype=np.uint32),
        firsts=np.array(firsts, dtype=np.uint16),
        seconds=np.array(seconds, dtype=np.uint16),
        counts=np.array(counts, dtype=np.uint32),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
