"""The prompts of a step: `assistant/prompts/*.md`, with the materials put in as data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

PROMPTS = Path(__file__).parents[1] / "prompts"


def prompt(name: str, **values: str) -> str:
    """Return a prompt with its `$blanks` filled; what is filled in is never looked at again for blanks."""
    return Template(_text(name)).substitute(values) if values else _text(name)


@cache
def _text(name: str) -> str:
    return (PROMPTS / f"{name}.md").read_text("utf-8")
