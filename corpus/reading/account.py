"""Whether anything of a file was lost on the way: characters seen = characters kept + characters removed.

`SourceDocument.seen` comes from a second, simpler pass over the raw file (every text element of a docx, every
text node of a page, every character of a PDF page), so that what the reader drops in silence shows here.
Blanks are not counted; look-alike glyphs count as the characters they stand for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.lines import bare
from corpus.reading.formats.look_alikes import as_ordinary

MOST_NAMED = 5
LONGEST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Account:
    """The balance of a file, in characters that are no blanks.

    `unaccounted` were seen and are neither kept nor removed: they were lost. `added` were written by us (a
    header repeated in its rows, an automatic number); `unexplained` stand in the text or among what was
    removed though nobody saw them in the file nor were they said to be added. `lost` quotes some of what is
    missing.
    """

    seen: int
    kept: int
    removed: int
    unaccounted: int
    added: int = 0
    unexplained: int = 0
    removed_by_kind: tuple[tuple[str, int], ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def closes(self) -> bool:
        """Tell whether nothing was lost and nothing came from nowhere."""
        return not self.unaccounted and not self.unexplained


def account_of(document: SourceDocument) -> Account:
    """Draw up the account of a document as read.

    >>> from corpus.reading.blocks import Block, BlockKind
    >>> article = Block(BlockKind.PARAGRAPH, "第一条 奖励")
    >>> account = account_of(SourceDocument("a.txt", (article,), seen=("第一条 奖励", "页脚")))
    >>> account.seen, account.kept, account.unaccounted, account.lost
    (7, 5, 2, ('页脚',))
    """
    seen = _counted("".join(document.seen))
    added = Counter[str]()
    shown = Counter[str]()
    for block in document.blocks:
        shown += _counted(block.text)
        added += _counted(block.added)
    own = shown - added
    removed = Counter[str]()
    kinds = Counter[str]()
    for item in document.removed:
        removed += _counted(item.text)
        kinds[item.kind] += len(bare(item.text))
    missing = seen - own - removed
    kept = (seen & own).total()
    return Account(
        seen=seen.total(),
        kept=kept,
        removed=seen.total() - kept - missing.total(),
        unaccounted=missing.total(),
        added=added.total(),
        unexplained=(own + removed - seen).total() + (added - shown).total(),
        removed_by_kind=tuple(sorted(kinds.items())),
        lost=_lost(document) if missing else (),
    )


def _counted(text: str) -> Counter[str]:
    return Counter(bare(as_ordinary(text)))


def _lost(document: SourceDocument) -> tuple[str, ...]:
    """Quote pieces of the file that stand nowhere among the blocks or what was removed."""
    told = [bare(as_ordinary(block.text)) for block in document.blocks]
    told += [bare(as_ordinary(item.text)) for item in document.removed]
    whole = "".join(told)
    missing = (piece for piece in map(bare, map(as_ordinary, document.seen)) if piece and piece not in whole)
    named: dict[str, None] = {}
    for piece in missing:
        named.setdefault(piece[:LONGEST_NAMED])
        if len(named) == MOST_NAMED:
            break
    return tuple(named)
