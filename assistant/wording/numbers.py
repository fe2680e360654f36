"""Every number of a statement held against the numbers its sources state, with what binds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.conversation import EstimateStatus
from assistant.wording.faults import Fault, Kind
from assistant.wording.mentions import Mention, mentions
from assistant.wording.reference import Material, Reference
from assistant.wording.shapes import likeness
from assistant.wording.statements import Statement
from assistant.wording.vocabulary import vocabulary

_RIVAL = 0.18
_LEAST_RIVAL = 0.3
_COUNTED = re.compile(r"(?:条件|要求|方面|点|项|情形|情况|步|问题|部分|来源|依据|个|种|类|句|条)")
_OWN = re.compile(r"您|你|贵|所说|提到|提供")
_SMALL = 12
_ONE = re.compile("一[个项条种类家次句份]")
_SUM = re.compile(r"[=×*]|乘以|等于")


def number_faults(one: Statement, reference: Reference) -> Iterator[Fault]:
    """Yield every number of a statement that no source of it bears out as it stands."""
    material = reference.material(one.cites)
    for mention in mentions(one.text):
        if _is_count(mention, reference) or _is_own(mention, one, reference):
            continue
        kind = _fault(mention, material, reference)
        if kind is not None:
            yield Fault(kind, mention.chunk or mention.words)


def _fault(mention: Mention, material: Material, reference: Reference) -> Kind | None:
    """Return what is wrong with a number, None where nothing is."""
    same = [site for site in material.mentions if _is_same(mention, site)]
    if not same:
        return Kind.NUMBER
    if mention.what[0] in ("date", "clause"):
        return _confused(mention, same, material) if mention.what[0] == "date" else None
    for kind, fits in _FITS:
        same = [site for site in same if fits(mention, site)]
        if not same:
            return kind
    paces = frozenset().union(*(site.binding.paces for site in same))
    if not any(site.binding.paces <= mention.binding.paces for site in same):
        return Kind.PACE
    if not mention.binding.paces <= paces:
        return Kind.PACE
    if _loses_bound(mention, reference):
        return Kind.BOUND
    return _confused(mention, same, material)


def _is_same(mention: Mention, site: Mention) -> bool:
    if mention.what[0] != "date" or site.what[0] != "date":
        return mention.what == site.what
    one, other = mention.what[1], site.what[1]
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    roles = {mention.what[2], site.what[2]} - {""}
    return len(roles) < 2 and all(a is None or a == b for a, b in zip(one, other, strict=True))


def _is_result_alike(mention: Mention, site: Mention) -> bool:
    """Tell whether a number taken from a worked sum still stands in one, not as what is granted."""
    if not site.binding.is_result or mention.binding.is_result:
        return True
    return not vocabulary().receiving.search(mention.chunk) and len(mentions(mention.chunk)) > 1


def _loses_bound(mention: Mention, reference: Reference) -> bool:
    """Tell whether the most a company can get is given as what it gets."""
    if mention.what[0] != "money" or mention.binding.bounds or mention.binding.is_result:
        return False
    sums = (
        one.amount
        for one in reference.answer.estimates
        if one.is_upper_bound and one.status in (EstimateStatus.PAYABLE, EstimateStatus.DRAFT)
    )
    return mention.what[1] in set(sums) and bool(vocabulary().receiving.search(mention.chunk))


def _confused(mention: Mention, same: list[Mention], material: Material) -> Kind | None:
    """Tell whether the words around a number are those of another number of its kind."""
    if _SUM.search(mention.chunk):
        return None if _is_worked(mention.chunk, material) else Kind.MEASURE
    own = max((likeness(mention.around, site.around) for site in same), default=0.0)
    rivals = (site for site in material.mentions if site.sort == mention.sort and not _is_same(mention, site))
    rival = max((likeness(mention.around, site.around) for site in rivals), default=0.0)
    return Kind.MEASURE if rival >= _LEAST_RIVAL and rival > own + _RIVAL else None


_FITS: tuple[tuple[Kind, Callable[[Mention, Mention], bool]], ...] = (
    (Kind.BOUND, lambda mention, site: site.binding.bounds == mention.binding.bounds),
    (Kind.NEGATION, lambda mention, site: site.binding.is_denied == mention.binding.is_denied),
    (Kind.BOUND, lambda mention, site: site.binding.is_rough or not mention.binding.is_rough),
    (Kind.BOUND, _is_result_alike),
)


def _is_worked(chunk: str, material: Material) -> bool:
    """Tell whether a worked sum has the numbers of one of ours, in the same order."""
    own = [one.what for one in mentions(chunk)]
    return any(_is_within(own, [one.what for one in mentions(other)]) for other in material.texts)


def _is_within(some: list[tuple[object, ...]], others: list[tuple[object, ...]]) -> bool:
    rest = iter(others)
    return all(one in rest for one in some)


def _is_count(mention: Mention, reference: Reference) -> bool:
    """Tell whether a small number counts what the answer itself lists: 「以下五项条件」."""
    value = mention.what[1]
    if mention.what[0] == "quantity" and _ONE.fullmatch(mention.words):
        return True
    if mention.what[0] not in ("quantity", "number") or not _COUNTED.search(mention.chunk):
        return False
    counts = {len(re.split("[；;]", line.text)) for line in reference.lines} | {1, len(reference.citations)}
    counts.add(len([line for line in reference.lines if line.text.startswith("-")]))
    is_plain = not isinstance(value, tuple) and mention.what[2:] in ((), ("count",))
    return is_plain and value in counts and float(str(value)) <= _SMALL


def _is_own(mention: Mention, one: Statement, reference: Reference) -> bool:
    """Tell whether the number is the person's own, given back as theirs."""
    if not _OWN.search(one.text) or vocabulary().receiving.search(mention.chunk):
        return False
    stated = mentions(reference.question)
    return any(_is_same(mention, site) and site.binding.bounds == mention.binding.bounds for site in stated)
