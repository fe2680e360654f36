"""Logistic regression on a few named features: fitted by Newton's method, held out by folds, written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.steps.routing.answerable import FEATURES, WEIGHTS

_FOLDS = 10
_SEED = 7
_RIDGE = 1.0
_STEPS = 50
_ENOUGH = 1e-8
Vector = NDArray[np.float64]


def fitted(rows: Sequence[Mapping[str, float]], right: Sequence[bool], names: Sequence[str]) -> Vector:
    """Return the weights (the constant first) that make the answers likeliest, kept small by a ridge.

    >>> rows = [{"x": 0.0}, {"x": 1.0}] * 20
    >>> fitted(rows, [False, True] * 20, ["x"])[1] > 1
    True
    """
    x, y = _matrix(rows, names), np.array(right, dtype=np.float64)
    ridge = np.eye(x.shape[1]) * _RIDGE
    ridge[0, 0] = 0.0
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        chance = _chances(x, weights)
        gradient = x.T @ (y - chance) - ridge @ weights
        step = np.linalg.solve((x.T * (chance * (1 - chance))) @ x + ridge, gradient)
        weights = weights + step
        if float(np.abs(step).max()) < _ENOUGH:
            break
    return weights


def held_out(
    rows: Sequence[Mapping[str, float]], right: Sequence[bool], usable: Sequence[bool]
) -> list[float]:
    """Return each row's chance by weights fitted on the other folds; only usable rows are fitted on."""
    names = _names(rows)
    folds = np.random.default_rng(_SEED).integers(0, _FOLDS, len(rows))
    chances = np.zeros(len(rows))
    for fold in range(_FOLDS):
        kept = [at for at in range(len(rows)) if folds[at] != fold and usable[at]]
        weights = fitted([rows[at] for at in kept], [right[at] for at in kept], names)
        mine = [at for at in range(len(rows)) if folds[at] == fold]
        chances[mine] = _chances(_matrix([rows[at] for at in mine], names), weights)
    return [float(chance) for chance in chances]


def write_weights(rows: Sequence[Mapping[str, float]], right: Sequence[bool], path: Path = WEIGHTS) -> None:
    """Fit with and without the likeness of meaning and write both, keeping the file's comment."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    lines.append(f"# 写成于 {date.today().isoformat()}，{len(rows)} 题（有定论的不算）。")
    lines = list(
        dict.fromkeys(line for line in lines if not line.startswith("# 写成于") or line == lines[-1])
    )
    for side in ("by_meaning", "by_words"):
        names = [name for name in FEATURES if side == "by_meaning" or name != "dense"]
        weights = fitted(rows, right, names)
        lines.append(f"{side}:")
        lines += [f"  {name}: {weight:.2f}" for name, weight in zip(("always", *names), weights, strict=True)]
    path.write_text("\n".join((*lines, "")), "utf-8")


def _names(rows: Sequence[Mapping[str, float]]) -> list[str]:
    return [name for name in FEATURES if all(name in row for row in rows)]


def _matrix(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Vector:
    return np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows], dtype=np.float64)


def _chances(x: Vector, weights: Vector) -> Vector:
    chances: Vector = 1 / (1 + np.exp(-(x @ weights)))
    return chances
