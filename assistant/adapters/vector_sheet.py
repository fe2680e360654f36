"""Vectors side by side in one memory-mapped file, compared with a question exactly and under any filter.

    <folder>/vectors.f32     a row of numbers a clause
    <folder>/owners.i32      the number of the document each row belongs to, -1 for a free row
    <folder>/rows.db         which clause a row is of, and what its document can be narrowed by

Numbers reach the files before a row is entered in the database, so that what a crash leaves is a free row.
Readers map the files as they find them; one process may write while others read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.entries import Entry, Standing, Traits
from assistant.adapters.errors import StoreDamagedError
from assistant.adapters.narrowing import Narrowing
from assistant.adapters.sheet_rows import TABLES, agree_on, by_key, documents_numbered, places, rows_of

_BLOCK = 32_768
_DIGITS = 6
_FREE = -1
_FILTERS_KEPT = 64
_MOST_TIES = 1000
_SAMPLE = 100
_SPARSE = 4
_NEARLY = 0.01
_WAIT_S = 30.0
Near = tuple[str, float]


@dataclass(frozen=True, slots=True)
class _Mapped:
    """The files as they were when mapped, with the documents by number."""

    vectors: NDArray[np.float32]
    owners: NDArray[np.int32]
    documents: dict[int, Traits]
    by_slug: dict[str, Traits]
    count: int
    known: dict[Narrowing, NDArray[np.bool_]]

    def is_sound(self) -> bool:
        """Tell whether every row has a document that is known and some rows have the length of one."""
        has_owners = int(self.owners.min()) >= _FREE and int(self.owners.max()) <= max(self.documents)
        some = self.vectors[:: max(len(self.vectors) // _SAMPLE, 1)]
        return has_owners and bool(
            np.all(np.abs(np.linalg.norm(some.astype(np.float64), axis=1) - 1) < _NEARLY)
        )

    def passing(self, only: Narrowing) -> NDArray[np.bool_]:
        """Return for each document's number whether a filter lets it pass; the last, for -1, does not."""
        passing = self.known.get(only)
        if passing is None:
            passing = np.zeros(max(self.documents, default=0) + 2, dtype=bool)
            passing[[number for number, traits in self.documents.items() if only.allows(traits)]] = True
            if len(self.known) >= _FILTERS_KEPT:
                self.known.clear()
            self.known[only] = passing
        return passing


class VectorSheet:
    """Unit vectors of clauses on disk, searched by exact cosine. Safe for threads."""

    def __init__(self, folder: Path) -> None:
        """Use the sheet in `folder`, or begin an empty one there when first written."""
        self._folder = folder
        self._mapped: _Mapped | None = None

    def count(self) -> int:
        """Return how many clauses are kept."""
        return self._now().count

    @property
    def vectors(self) -> NDArray[np.float32]:
        """Return the rows as they are mapped, free ones among them."""
        return self._now().vectors

    @property
    def dimensions(self) -> int:
        """Return the length of the vectors, 0 while there are none."""
        return int(self._now().vectors.shape[1])

    def allowed(self, only: Narrowing | None) -> NDArray[np.int64] | None:
        """Return the rows a filter lets pass, None for all of them."""
        mapped = self._now()
        return None if only is None else np.flatnonzero(mapped.passing(only)[mapped.owners])

    def passing(self, ids: Iterable[str], only: Narrowing | None) -> frozenset[str]:
        """Return those of some clauses, told by id, that a filter lets pass."""
        traits = self._now().by_slug
        return frozenset(
            name
            for name in ids
            if (of := traits.get(name.split("/", 1)[0])) and (only is None or only.allows(of))
        )

    def nearest(
        self, vector: Sequence[float], limit: int, rows: NDArray[np.int64] | None = None
    ) -> tuple[Near, ...]:
        """Return the clauses nearest to a unit vector among some rows (all, by default), best first.

        Cosines are rounded to six digits; equal ones are ordered by id.
        """
        mapped = self._now()
        at = np.flatnonzero(mapped.owners != _FREE) if rows is None else rows
        if limit < 1 or not len(at):
            return ()
        asked = np.asarray(vector, dtype=np.float32)
        scores = np.round(_cosines(mapped.vectors, asked, at), _DIGITS)
        least = -np.partition(-scores, limit - 1)[limit - 1] if limit < len(at) else -np.inf
        best = np.flatnonzero(scores >= least)
        best = best[np.argsort(-scores[best], kind="stable")[: limit + _MOST_TIES]]
        named = self._ids(at[best].tolist())
        found = [
            (named[row], float(score))
            for row, score in zip(at[best].tolist(), scores[best], strict=True)
            if row in named
        ]
        return tuple(sorted(found, key=lambda one: (-one[1], one[0]))[:limit])

    def put(self, entries: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        """Add clauses with their vectors, or replace those that are there."""
        if not entries:
            return
        numbers = np.asarray(vectors, dtype=np.float32)
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._writing() as database:
            agree_on(database, numbers.shape[1])
            owners = documents_numbered(database, {entry.traits for entry in entries})
            rows = places(database, [entry.id for entry in entries])
            codes = np.array([owners[entry.document] for entry in entries], dtype=np.int32)
            _write_at(self._folder / "vectors.f32", rows, numbers)
            _write_at(self._folder / "owners.i32", rows, codes)
            told = zip(rows, (entry.id for entry in entries), codes.tolist(), strict=True)
            database.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", told)
        self._mapped = None

    def remove(self, ids: Iterable[str]) -> None:
        """Delete clauses."""
        if not (self._folder / "rows.db").exists():
            return
        with self._writing() as database:
            rows = sorted(rows_of(database, ids).values())
            database.executemany("DELETE FROM rows WHERE row = ?", ((row,) for row in rows))
        _write_at(self._folder / "owners.i32", rows, np.full(len(rows), _FREE, dtype=np.int32))
        self._mapped = None

    def _ids(self, rows: Sequence[int]) -> dict[int, str]:
        with self._reading() as database:
            found = by_key(database, "SELECT id, row FROM rows WHERE row IN", rows) if database else ()
            return {row: name for name, row in found}

    def _now(self) -> _Mapped:
        mapped = self._mapped
        if mapped is None:
            mapped = self._mapped = self._map()
        return mapped

    def _map(self) -> _Mapped:
        empty = _Mapped(np.zeros((0, 0), np.float32), np.zeros(0, np.int32), {}, {}, 0, {})
        with self._reading() as database:
            if database is None:
                return empty
            size, count, dimensions = database.execute(
                "SELECT coalesce(max(row) + 1, 0), count(*), (SELECT max(dimensions) FROM shape) FROM rows"
            ).fetchone()
            documents = {
                number: Traits(slug, Standing(standing), *rest)
                for number, slug, standing, *rest in database.execute("SELECT * FROM documents")
            }
        if not size:
            return empty
        try:
            vectors = np.memmap(self._folder / "vectors.f32", np.float32, "r", shape=(size, dimensions))
            owners = np.memmap(self._folder / "owners.i32", np.int32, "r", shape=(size,))
        except (ValueError, OSError) as error:
            raise StoreDamagedError(f"向量文件无法使用：{self._folder}（{error}）") from error
        by_slug = {traits.document: traits for traits in documents.values()}
        mapped = _Mapped(vectors, owners, documents, by_slug, count, {})
        if not mapped.is_sound():
            raise StoreDamagedError(f"向量文件的内容不对：{self._folder}")
        return mapped

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        path = self._folder / "rows.db"
        if not path.exists():
            yield None
            return
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)) as one:
            yield one

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._folder / "rows.db", timeout=_WAIT_S)) as database:
            database.executescript(TABLES)
            with database:
                yield database


def _cosines(
    vectors: NDArray[np.float32], asked: NDArray[np.float32], rows: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the products of some rows with a vector, a block at a time; only sparse rows are copied.

    `einsum` stays in this thread. BLAS would spread a block over all cores, which is twice as fast on an idle
    machine and a hundred times slower at worst on one that is busy.
    """
    found = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        at = rows[start : start + _BLOCK]
        first, span = int(at[0]), int(at[-1]) - int(at[0]) + 1
        if span <= len(at) * _SPARSE:
            found[start : start + len(at)] = np.einsum("ij,j->i", vectors[first : first + span], asked)[
                at - first
            ]
        else:
            found[start : start + len(at)] = np.einsum("ij,j->i", vectors[at], asked)
    return found


def _write_at(path: Path, rows: Sequence[int], values: NDArray[np.float32] | NDArray[np.int32]) -> None:
    """Write each value at its row, neighbouring rows in one go, and see them on disk."""
    if not len(rows):
        return
    path.touch()
    width = values[0].nbytes
    with path.open("r+b") as file:
        start = 0
        for at in range(1, len(rows) + 1):
            if at == len(rows) or rows[at] != rows[at - 1] + 1:
                file.seek(rows[start] * width)
                file.write(values[start:at].tobytes())
                start = at
        file.flush()
