"""What a file is, told by its content: the end of its name is only asked where the content is silent."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from corpus.reading.formats.packages import names_in_package


class FileKind(StrEnum):
    """The formats that can be read, and those that only LibreOffice can open (`OFFICE`)."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    OFD = "ofd"
    IMAGE = "image"
    OFFICE = "office"
    PROTECTED = "protected"
    UNKNOWN = "unknown"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_OTHER_PACKAGES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF")
_HTML_STARTS = (
    b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<div", b"<p>", b"<p ", b"<!--",
)  # fmt: skip
_HTML_TAGS = (b"<html", b"<body", b"<div", b"<p>", b"<p ", b"<table", b"<br")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_LEADING = 4096


def kind_of(name: str, data: bytes) -> FileKind:
    """Return what the bytes of a file are.

    Raises:
        UnreadableError: a package (docx, xlsx, ofd, odt) that is damaged or unpacks to too much.
    """
    if data.startswith(b"PK"):
        return _kind_of_package(name, data)
    if data.startswith(OLE):
        return FileKind.PROTECTED if _ENCRYPTED_STREAM in data else FileKind.OFFICE
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(b"{\\rtf"):
        return FileKind.OFFICE
    if data.startswith(_IMAGES) and (b"\0" in data[:_LEADING] or not data.startswith(b"BM")):
        return FileKind.IMAGE
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.IMAGE
    if data.startswith(_OTHER_PACKAGES):
        return FileKind.UNKNOWN
    return FileKind.HTML if _is_html(name, data) else FileKind.TEXT


def _kind_of_package(name: str, data: bytes) -> FileKind:
    names = names_in_package(name, data)
    if any(part.startswith("word/") for part in names):
        return FileKind.DOCX
    if any(part.startswith("xl/") for part in names):
        return FileKind.XLSX
    if "OFD.xml" in names:
        return FileKind.OFD
    return FileKind.OFFICE if {"content.xml", "mimetype"} <= names else FileKind.UNKNOWN


def _is_html(name: str, data: bytes) -> bool:
    start = data[:_LEADING].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    if start.startswith(b"<?xml"):
        return any(tag in start for tag in _HTML_TAGS)
    if start.startswith(_HTML_STARTS):
        return True
    named_so = Path(name).suffix.lower() in (".html", ".htm", ".shtml", ".mht")
    return named_so and b"<" in start
