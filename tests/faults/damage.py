"""Bytes changed in place, sizes and times as before: in the index, the database, the text of a document."""

from __future__ import annotations

import os
import random
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from corpus.adding import receive, save_document
from corpus.reading.statements import propose
from tests.faults.kills import TEXT
from tests.faults.product import FIRST, FIRST_SUM, INSIDE, ask, found, kept, program, running
from tests.faults.table import Row

FLIPS = 12


def rows(folder: Path) -> Iterator[Row]:
    """Damage each kind of file."""
    folder.mkdir()
    built = folder / "built"
    received = receive("北湖.txt", TEXT.encode())
    save_document(received, propose(received.reading.text), "beihu", built / "documents", ())
    before = found(built)
    yield _index(folder, built, before)
    yield _text(folder, built)
    yield _database(folder, built)


def flip(file: Path, at: int, bits: int = 0xFF) -> None:
    """Change one byte and nothing else that a directory shows."""
    before = file.stat()
    data = bytearray(file.read_bytes())
    data[at] ^= bits
    with file.open("r+b") as opened:
        opened.write(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _index(folder: Path, built: Path, before: list[tuple[str, float]]) -> Row:
    files = [
        file.relative_to(built)
        for file in sorted((built / "index").rglob("*"))
        if file.is_file() and file.stat().st_size and "chroma" not in file.parts
    ]
    chance, noticed = random.Random(12), 0
    for name in files:
        copy = shutil.copytree(built, folder / "copy")
        flip(copy / name, chance.randrange((copy / name).stat().st_size))
        noticed += found(copy) == before
        shutil.rmtree(copy)
    measured = f"{len(files)} 个文件各改一字节，{noticed} 次检索结果与原来相同"
    return Row("索引文件被改（大小、时间不变）：发现并重建", measured, noticed == len(files))


def _text(folder: Path, built: Path) -> Row:
    copy = shutil.copytree(built, folder / "copy")
    text = copy / "documents" / "beihu" / "text.md"
    flip(text, text.read_bytes().index("80万元".encode()), bits=1)  # 90万元
    corpus = program(copy).corpus
    shutil.rmtree(copy)
    is_out = corpus.broken == ("beihu",) and len(corpus.documents) == 5
    measured = f"停用 {len(corpus.broken)} 份，其余 {len(corpus.documents)} 份照常"
    is_clean = not any(str(folder) in one for one in corpus.left_out)
    return Row("添加的文件正文被改：停用并指名，其余照常", measured, is_out and is_clean)


def _database(folder: Path, built: Path) -> Row:
    kept(built, *[FIRST] * 5)
    chance, right, clean = random.Random(7), 0, 0
    copy = shutil.copytree(built, folder / "copy")
    for _ in range(FLIPS):
        flip(copy / "policy.db", chance.randrange((copy / "policy.db").stat().st_size))
    flip(copy / "policy.db", 0)  # and the head of the file, so that it is no database any more
    with running(copy) as (_, base):
        for _ in range(3):
            answer = ask(base, FIRST, str(uuid.uuid4()))
            right += answer.status_code == 200 and FIRST_SUM in answer.text
            clean += INSIDE.search(answer.text) is None
    return Row(
        "数据库损坏：照常作答，不露位置", f"{right}/3 次答对，{clean}/3 次未露位置", right == clean == 3
    )
