"""A reply taken sentence by sentence as it comes: what passes is shown, the rest gives way to our lines.

A sentence the guard does not pass is replaced by the composed line it stands for; what the reply leaves out
follows as composed. Only a reply that smuggles (links, page code, sources there are not) ends at once.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.grounding.duties import draft_faults, lost_lines, stands_for, told_too_long
from assistant.grounding.faults import Fault, Kind
from assistant.grounding.guard import verified
from assistant.grounding.markdown import plain_line
from assistant.grounding.reference import Reference, Said
from assistant.grounding.slots import filled
from assistant.grounding.statements import TOKEN
from assistant.grounding.verification import Verifier

_HOSTILE = frozenset({Kind.FORM, Kind.TOKEN, Kind.LENGTH})
_TOLD = 0.6
_DRAFT = "【草案】"


@dataclass
class Writing:
    """One wording as it grows: the lines shown (with tokens), which are ours, what was not passed."""

    reference: Reference
    shown: list[str] = field(default_factory=list)
    passed: int = 0
    replaced: int = 0
    added: int = 0
    is_hostile: bool = False
    faults: list[Fault] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    ours: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.verifier = Verifier(self.reference)

    def heard(self, reply: Iterable[str], slots: Mapping[str, str], is_last: bool) -> Generator[str]:
        """Yield the lines that may be shown; before the last attempt a fault at the very start ends it."""
        self.held = []
        for raw in _lines(reply):
            line, faults = filled(plain_line(raw), slots)
            if not line:
                continue
            results = () if faults else self._judged(line)
            self.faults += [*faults, *(fault for _, some in results for fault in some)]
            self.is_hostile = any(fault.kind in _HOSTILE for fault in self.faults)
            if self.is_hostile or (self.faults and not self.shown and not self.held and not is_last):
                break
            passed = sum(not some for _, some in results)
            shown = (*self.shown, *self.held)
            self.held += [words for words in self._spoken(results) if words not in shown]
            self.passed += passed
            if self.passed:
                yield from self._show(self.held)
                self.held = []
        if not self.passed and not self.faults:
            self.faults.append(Fault(Kind.EMPTY))

    def rest(self, is_cut: bool) -> tuple[Said, ...]:
        """Return the composed lines still to be told; all that were not, where a reply broke off."""
        lost = lost_lines("\n".join(self.shown), self.verifier)
        lines = [
            line
            for at, line in enumerate(self.reference.lines)
            if line.text not in self.ours and (line in lost or (is_cut and self.verifier.share(at) < _TOLD))
        ]
        self.added = len(lines)
        return tuple(lines)

    def _judged(self, line: str) -> tuple[tuple[str, tuple[Fault, ...]], ...]:
        """Return the sentences of a line with their faults, the whole line where it has none."""
        so_far = "\n".join((*self.shown, line))
        if told_too_long(so_far, self.reference):
            return ((line, (Fault(Kind.LENGTH),)),)
        results = verified(line, self.verifier)
        if any(faults for _, faults in results):
            return tuple((one.line, faults) for one, faults in results)
        is_unnamed = any(draft_faults((*self.shown, *self.held, line), self.reference))
        return ((f"{_DRAFT}{line}" if is_unnamed else line, ()),)  # a draft's number is called one by us

    def _spoken(self, results: tuple[tuple[str, tuple[Fault, ...]], ...]) -> list[str]:
        """Return what is shown of a line: right sentences, and for each wrong one the line it stands for."""
        spoken: list[str] = []
        for words, faults in results:
            if not faults:
                spoken.append(words)
                continue
            self.replaced += 1
            ours = self._instead(words)
            if ours is not None:
                spoken.append(ours)
        return spoken

    def _instead(self, words: str) -> str | None:
        cites = frozenset(map(int, TOKEN.findall(words)))
        words = TOKEN.sub("", words)
        lines = self.reference.lines
        open_ = (at for at, one in enumerate(lines) if one.text not in self.ours)
        found = stands_for(words, cites, [lines[at] for at in open_ if self.verifier.share(at) < _TOLD])
        if found is None:
            return None
        self.ours.add(found.text)
        self.verifier.tell_line(lines.index(found))
        return found.text + "".join(f"〔c{n}〕" for n in sorted(found.cites))

    def _show(self, lines: list[str]) -> Iterator[str]:
        for line in lines:
            self.shown.append(line)
            yield line


def _lines(reply: Iterable[str]) -> Iterator[str]:
    rest = ""
    for piece in reply:
        *whole, rest = (rest + piece).split("\n")
        yield from whole
    if rest.strip():
        yield rest
