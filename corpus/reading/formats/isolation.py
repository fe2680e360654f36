"""Files other than plain text are read in a child process: a bad one costs bounded time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from corpus.errors import UnreadableError
from corpus.reading.blocks import SourceDocument
from corpus.reading.formats.kinds import FileKind

LONGEST = 60.0  # seconds, recognition apart
LONGEST_RECOGNITION = 360.0
_MAY_RECOGNISE = (FileKind.PDF, FileKind.OFD, FileKind.IMAGE, FileKind.DOCX)
MEMORY = 4 * 2**30  # bytes of address space of the child
_REFUSED = b"!"
_READ = b"="


def read_isolated(name: str, data: bytes, kind: FileKind, longest: float | None = None) -> SourceDocument:
    """Read a file in a child process.

    Raises:
        UnreadableError: what the child found wrong, or that it took too long or broke down.
    """
    from pydantic import TypeAdapter

    limit = longest or _limit(kind)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _CHILD, str(Path(__file__).parents[3])],
            input=json.dumps([name, kind.value]).encode() + b"\n" + data,
            capture_output=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{name}：读取超过 {limit:.0f} 秒，已停止。请拆分或另存后重试。") from None
    mark, answer = done.stdout[:1], done.stdout[1:]
    if mark == _REFUSED:
        raise UnreadableError(answer.decode("utf-8"))
    if mark != _READ:
        raise UnreadableError(f"{name}：文件无法读取，可能已损坏或内容过大。请重新导出或拆分后重试。")
    return TypeAdapter(SourceDocument).validate_json(answer)


def _limit(kind: FileKind) -> float:
    if kind is FileKind.OFFICE:
        return 2 * LONGEST + 10  # the conversion has its own limit, within this one
    return LONGEST_RECOGNITION if kind in _MAY_RECOGNISE else LONGEST


_CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); from corpus.reading.formats.isolation import serve; serve()"
)


def serve() -> None:
    """Read one file from standard input and answer on standard output; run by `read_isolated` alone."""
    from pydantic import TypeAdapter

    from corpus.reading.formats.dispatch import read_here

    _limit_memory()
    name, kind = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    answer = sys.stdout.buffer
    try:
        document = read_here(name, data, FileKind(kind))
    except UnreadableError as error:
        answer.write(_REFUSED + str(error).encode("utf-8"))
        return
    answer.write(_READ + TypeAdapter(SourceDocument).dump_json(document))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there only the time is limited
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
