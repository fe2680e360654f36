"""The words of one Word paragraph, as they read with all revisions accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.reading.formats.word_styles import Styles
from corpus.reading.formats.word_xml import child, is_on, name_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = {
    "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "bookmarkStart", "bookmarkEnd", "proofErr", "instrText",
    "delInstrText", "commentRangeStart", "commentRangeEnd", "commentReference", "footnoteRef", "endnoteRef",
    "lastRenderedPageBreak", "softHyphen", "smartTagPr", "ffData", "annotationRef", "ctrlPr", "rubyPr",
}  # fmt: skip
_DELETED = {"del": "deleted_revision", "moveFrom": "moved_away"}
_INSERTED = {"ins", "moveTo"}
_SYMBOLS = {
    "F0FE": "☑", "F052": "☑", "F0FC": "√", "F0A8": "□", "F06F": "□", "F0A3": "□", "F071": "□", "F0FB": "×",
    "F0B7": "•", "F06C": "●", "F06E": "■", "F0D8": "➢", "F0A7": "▪",
}  # fmt: skip


@dataclass
class Inline:
    """What a paragraph holds: its text (line breaks as they stand), and what stands beside it."""

    text: str = ""
    added: str = ""
    boxes: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote" or "endnote", id)
    removed: list[tuple[str, str]] = field(default_factory=list)  # (kind, text)
    pictures: list[str] = field(default_factory=list)  # relation ids
    has_revisions: bool = False

    def remove(self, kind: str, text: str) -> None:
        """Put text aside; pieces of one kind that follow each other become one."""
        if self.removed and self.removed[-1][0] == kind:
            text = self.removed.pop()[1] + text
        self.removed.append((kind, text))


def read_inline(paragraph: _Element, styles: Styles, style: str) -> Inline:
    """Return the words of a paragraph."""
    reader = _InlineReader(styles, styles.is_hidden(style))
    reader.read(paragraph, "")
    return reader.inline


def chosen(alternatives: _Element) -> _Element | None:
    """Return the one branch of mc:AlternateContent that is shown: the first that holds anything we know."""
    branches = [kid for kid in alternatives if name_of(kid) in ("Choice", "Fallback")]
    known = ("t", "txbxContent", "blip", "imagedata")
    return next((b for b in branches if any(name_of(e) in known for e in b.iter())), None)


class _InlineReader:
    def __init__(self, styles: Styles, is_hidden: bool) -> None:
        self.inline = Inline()
        self._styles = styles
        self._is_hidden = is_hidden
        self._fields: list[bool] = []  # of each open field: whether its result has begun

    def read(self, element: _Element, aside: str) -> None:
        """Read what an element holds; `aside` is why its text is not kept, if it is not."""
        for kid in element:
            name = name_of(kid)
            if name == "r":
                self._run(kid, aside)
            elif name in _DELETED:
                self.inline.has_revisions = True
                self.read(kid, _DELETED[name])
            elif name in _INSERTED:
                self.inline.has_revisions = True
                self.read(kid, aside)
            elif name == "rt":
                self.read(kid, aside or "ruby")
            elif name and name not in _SKIPPED:
                self._piece(kid, name, aside)

    def _run(self, run: _Element, aside: str) -> None:
        properties = child(run, "rPr")
        vanish = child(properties, "vanish")
        style = value_of(child(properties, "rStyle"))
        hidden = is_on(vanish) if vanish is not None else self._is_hidden or self._styles.is_hidden(style)
        self.read(run, aside or ("hidden_text" if hidden else ""))

    def _piece(self, element: _Element, name: str, aside: str) -> None:
        if name in ("t", "delText"):
            self._words(element.text or "", aside)
        elif name in ("tab", "ptab"):
            self._write(" ", aside)
        elif name in ("br", "cr"):
            self._write("\n", aside)
        elif name == "noBreakHyphen":
            self._generated("-", aside)
        elif name == "sym":
            self._generated(_SYMBOLS.get(value_of(element, "char").upper(), "•"), aside)
        elif name == "fldChar":
            self._field(value_of(element, "fldCharType"))
        elif name in ("footnoteReference", "endnoteReference"):
            if not aside:
                self.inline.notes.append((name.removesuffix("Reference"), value_of(element, "id")))
        elif name == "AlternateContent":
            if (branch := chosen(element)) is not None:
                self.read(branch, aside)
        elif name in ("drawing", "pict", "object"):
            self._drawn(element, aside)
        else:
            self.read(element, aside)

    def _words(self, text: str, aside: str) -> None:
        if not aside and self._fields and not self._fields[-1]:
            aside = "field_code"
        if aside:
            self.inline.remove(aside, text)
        else:
            self.inline.text += text.replace("\n", " ")

    def _write(self, mark: str, aside: str) -> None:
        if not aside:
            self.inline.text += mark

    def _generated(self, mark: str, aside: str) -> None:
        if not aside:
            self.inline.text += mark
            self.inline.added += mark

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawn(self, element: _Element, aside: str) -> None:
        for kid in element:
            name = name_of(kid)
            if name == "AlternateContent":
                if (branch := chosen(kid)) is not None:
                    self._drawn(branch, aside)
            elif name == "txbxContent":
                if aside:
                    self.inline.remove(aside, "".join(e.text or "" for e in kid.iter() if name_of(e) == "t"))
                else:
                    self.inline.boxes.append(kid)
            elif name == "t":
                self._words(kid.text or "", aside)
            else:
                if name in ("blip", "imagedata") and not aside:
                    self.inline.pictures.append(value_of(kid, "embed") or value_of(kid, "id"))
                self._drawn(kid, aside)
