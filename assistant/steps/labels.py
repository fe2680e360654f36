"""What each step is doing, in Chinese, for people who wait: `labels.yaml`, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import RootModel

from corpus.strict_yaml import read_model

LABELS = Path(__file__).with_name("labels.yaml")


class _File(RootModel[dict[str, str]]):
    """Names of steps and what they are doing."""


@cache
def step_labels() -> Mapping[str, str]:
    """Return the label of every step that has one.

    >>> step_labels()["retrieve"]
    '正在查找条款'
    """
    return read_model(LABELS, _File).root
