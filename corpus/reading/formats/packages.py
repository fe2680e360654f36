"""Zip packages (docx, xlsx, ofd) opened with care: sizes are looked at before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from corpus.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_UNPACKED = 200 * 2**20
LARGEST_XML = 64 * 2**20
MOST_PARTS = 10_000
DEEPEST_XML = 400


class Package:
    """The parts of a zip package, each read on demand and never beyond its limit."""

    def __init__(self, name: str, data: bytes, kind: str) -> None:
        """Open the package; `kind` is what to call it to a person (Word（docx）).

        Raises:
            UnreadableError: damaged, protected by a password, or too large once unpacked.
        """
        self.name, self.kind = name, kind
        self._archive = _archive(name, data, kind)
        self.parts = frozenset(self._archive.namelist())

    def part(self, path: str) -> bytes:
        """Return what a part holds.

        Raises:
            UnreadableError: missing or damaged.
        """
        try:
            return self._archive.read(path)
        except RuntimeError:
            raise UnreadableError(f"{self.name}：文件有密码保护。请去除密码后重试。") from None
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise self.damaged() from None

    def xml(self, path: str) -> _Element:
        """Return the root of an XML part; entities are never expanded.

        Raises:
            UnreadableError: missing, damaged, too large, nested too deeply.
        """
        return parse_xml(self.name, self.part(path), self.kind)

    def xml_if_there(self, path: str) -> _Element | None:
        """Return the root of an XML part, or None where the package has no such part."""
        return self.xml(path) if path in self.parts else None

    def damaged(self) -> UnreadableError:
        """Return the error that says so."""
        return UnreadableError(f"{self.name}：不是完好的{self.kind}文件。请重新导出或另存后重试。")


def parse_xml(name: str, data: bytes, kind: str) -> _Element:
    """Parse XML without entities, network or unbounded depth."""
    from lxml import etree

    if len(data) > LARGEST_XML:
        raise UnreadableError(f"{name}：文件内容过大，无法读取。请拆分后重试。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise UnreadableError(f"{name}：不是完好的{kind}文件。请重新导出或另存后重试。") from None
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_XML:
            raise UnreadableError(f"{name}：内容嵌套过深，无法读取。请另存后重试。")
    return root


def names_in_package(name: str, data: bytes) -> frozenset[str]:
    """Return the names of the parts of a package.

    Raises:
        UnreadableError: damaged or too large once unpacked.
    """
    return frozenset(_archive(name, data, "压缩包类").namelist())


def _archive(name: str, data: bytes, kind: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError):
        raise UnreadableError(
            f"{name}：文件已损坏，打不开（不是完好的{kind}文件）。请重新导出或另存后重试。"
        ) from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableError(f"{name}：解压后过大。请拆分后重试。")
    return archive
