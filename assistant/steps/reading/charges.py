"""What a body is responsible for (商务委管哪些条款): the bodies a question names, as the texts write them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import RootModel

from assistant.steps.state import State
from corpus.model.document import Clause
from corpus.strict_yaml import read_model

BODY_NAMES = Path(__file__).with_name("body_names.yaml")
_CHARGE = "负责|牵头|主管|分管|管着|管的|管(?:哪|什么|啥|几|多少)|归口|责任单位|责任部门|承担"
_WHICH = "哪些|哪几|哪条|哪项|什么|啥|多少[条项]|几[条项]|清单|列"
_LEAD = re.compile("牵头")
_LOCAL = "[区县镇]"  # 区科委 is another body than 市科委


class _File(RootModel[dict[str, list[str]]]):
    """Bodies as the texts write them, and what people call them."""


@cache
def body_names(path: Path = BODY_NAMES) -> dict[str, tuple[str, ...]]:
    """Return what people call the bodies, by how the texts write them.

    Raises:
        BrokenCorpusError: the file is missing or not of the right shape.
    """
    return {body: tuple(says) for body, says in read_model(path, _File).root.items()}


def bodies_named(text: str, known: frozenset[str]) -> frozenset[str]:
    """Return the known bodies a text names, in full, without 市 or as people call them.

    >>> sorted(bodies_named("经信委和科委负责哪些", frozenset({"市科委", "市经济信息化委", "市教委"})))
    ['市科委', '市经济信息化委']
    >>> bodies_named("区科委负责什么", frozenset({"市科委"}))
    frozenset()
    """
    return frozenset(body for body in known if any(_is_said(name, text) for name in _names(body)))


def charged(state: State) -> tuple[frozenset[str], ...]:
    """Return the bodies whose charges are asked for, one set for each name used; none where none are.

    Two ways of writing one body (人民银行上海总部) make one set.
    """
    text = state.reading.text
    if state.reading.references or not (re.search(_CHARGE, text) and re.search(_WHICH, text)):
        return ()
    named = bodies_named(text, _known(state))
    groups: dict[tuple[str, ...], set[str]] = {}
    for body in sorted(named):
        groups.setdefault(tuple(name for name in _names(body) if name in text), set()).add(body)
    return tuple(map(frozenset, groups.values()))


def asks_who_leads(state: State) -> bool:
    """Tell whether it is the leading body that is asked about (牵头); a list of bodies names none."""
    return _LEAD.search(state.reading.text) is not None


def charges_of(state: State) -> tuple[Clause, ...]:
    """Return the clauses that name all of these bodies as responsible, in the order of the texts."""
    wanted = charged(state)
    slugs = state.reading.documents or state.question.documents
    return tuple(
        clause
        for clause in state.context.corpus.clauses
        if wanted
        and (not slugs or clause.document in slugs)
        and all(not one.isdisjoint(clause.responsible_bodies) for one in wanted)
    )


def _known(state: State) -> frozenset[str]:
    return frozenset(body for clause in state.context.corpus.clauses for body in clause.responsible_bodies)


def _names(body: str) -> tuple[str, ...]:
    short = body.removeprefix("市")
    return (body, *((short,) if len(short) > 1 else ()), *body_names().get(body, ()))


def _is_said(name: str, text: str) -> bool:
    return re.search(f"(?<!{_LOCAL}){re.escape(name)}", text) is not None
