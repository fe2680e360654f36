"""Files that LibreOffice can open (doc, wps, rtf, odt, xls): converted, then read as docx or xlsx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.docx import read_docx
from corpus.reading.formats.xlsx import read_xlsx

LONGEST = 60  # seconds
_COMMANDS = ("soffice", "libreoffice")
_OLE = b"\xd0\xcf\x11\xe0"
_LETTER_STREAM = "WordDocument".encode("utf-16-le")
_SHEET_STREAMS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_SHEET_PACKAGE = b"opendocument.spreadsheet"
CONVERTED = "文件由 LibreOffice 转换后读取，请核对编号和表格。"
# No macro runs and nothing is fetched while a file is converted.
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for name, value in (
            ("MacroSecurityLevel", "3"),
            ("DisableMacrosExecution", "true"),
            ("BlockUntrustedRefererLinks", "true"),
        )
    )
    + "</oor:items>"
)


def read_office(name: str, data: bytes) -> SourceDocument:
    """Convert a file with LibreOffice and read the result.

    Raises:
        UnreadableError: LibreOffice is not installed, does not open the file, or takes too long.
    """
    suffix = _suffix(name, data)
    is_sheet = suffix in (".xls", ".ods")
    converted = _converted(name, data, suffix, "xlsx" if is_sheet else "docx")
    document = read_xlsx(name, converted) if is_sheet else read_docx(name, converted)
    return replace(document, warnings=(*document.warnings, CONVERTED))


def office_command() -> str | None:
    """Return the command that runs LibreOffice, or None where it is not installed."""
    return next((found for command in _COMMANDS if (found := shutil.which(command))), None)


def _converted(name: str, data: bytes, suffix: str, target: str) -> bytes:
    command = office_command()
    if command is None:
        raise UnreadableError(
            f"{name}：这种文件（doc、wps、rtf、odt、xls）要先安装 LibreOffice 才能读取。"
            "请安装 LibreOffice 后重试，或用 Word、WPS 另存为 docx 后再添加。"
        )
    with tempfile.TemporaryDirectory(prefix="policy-office-") as folder:
        home = Path(folder)
        source = home / f"source{suffix}"
        source.write_bytes(data)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        _run(
            name,
            [
                command, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore",
                "--nolockcheck", "--convert-to", target, "--outdir", str(home / "out"), str(source),
            ],
        )  # fmt: skip
        result = home / "out" / f"source.{target}"
        if not result.is_file():
            raise UnreadableError(
                f"{name}：LibreOffice 打不开，文件可能已损坏或有密码。请用 Word 或 WPS 另存为 docx 后重试。"
            )
        return result.read_bytes()


def _suffix(name: str, data: bytes) -> str:
    """Return what kind of file it is by its content; LibreOffice would open scraps of anything as text."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        return ".ods" if _SHEET_PACKAGE in data else ".odt"
    if data.startswith(_OLE) and _LETTER_STREAM in data:
        return ".doc"
    if data.startswith(_OLE) and any(stream in data for stream in _SHEET_STREAMS):
        return ".xls"
    raise UnreadableError(
        f"{name}：文件已损坏，或不是 Word、Excel 文件。请用 Word 或 WPS 另存为 docx 后重试。"
    )


def _run(name: str, command: list[str]) -> None:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(LONGEST)
    except subprocess.TimeoutExpired:
        raise UnreadableError(
            f"{name}：转换超过 {LONGEST} 秒，已停止。请用 Word 或 WPS 另存为 docx 后重试。"
        ) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
