"""A full disk and a directory that may not be written, under the running program and one that starts."""

from __future__ import annotations

import resource
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.disks import NoMountError, fill, read_only, small_disk
from tests.faults.product import FIRST, FIRST_SUM, INSIDE, KEPT, THEN, THEN_SUM, ask, kept, running, soon
from tests.faults.table import Row, not_tried

GOES_ON = "磁盘满了照常作答，沿用前文，说明没有存下"
STARTS = "磁盘已满时也能启动作答，读得出从前存的"
KEPT_AGAIN = "腾出空间后又存得下"
READ_ONLY = "目录只读而索引完整：照常启动、作答"


def rows(folder: Path) -> Iterator[Row]:
    """Try what can be tried here."""
    folder.mkdir()
    own = str(uuid.uuid4())
    try:
        with small_disk(folder / "disk"):
            yield from _on_a_small_disk(folder / "disk", own)
    except NoMountError:
        yield _without_room_in_files(folder / "limited", own)
        yield not_tried(STARTS, "此处不能挂载小磁盘")
    yield _read_only(folder)


def _on_a_small_disk(disk: Path, own: str) -> Iterator[Row]:
    kept(disk, FIRST)
    with running(disk) as (_, base):
        ask(base, FIRST, own)
        filler = fill(disk)
        yield _goes_on(GOES_ON, ask(base, THEN, own))
    with running(disk) as (_, base):
        yield _goes_on(STARTS, ask(base, THEN, own))
        filler.unlink()
        is_kept = _is_kept_again(base)
        yield Row(KEPT_AGAIN, "新的对话存下了" if is_kept else "没有存下", is_kept)


def _is_kept_again(base: str) -> bool:
    """Tell whether a new conversation is kept, once the pause after a failure is over."""

    def is_kept() -> bool:
        answer = ask(base, FIRST, str(uuid.uuid4())).json()
        return not any("没能存入" in one for one in answer["warnings"])

    return soon(is_kept, within_s=40)


def _without_room_in_files(folder: Path, own: str) -> Row:
    """Where nothing can be mounted: let no file of the server grow."""
    folder.mkdir()
    with running(folder) as (server, base):
        ask(base, FIRST, own)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (1, 1))
        return _goes_on(GOES_ON + "（以文件上限代替）", ask(base, THEN, own))


def _read_only(folder: Path) -> Row:
    data = folder / "read-only"
    data.mkdir()
    kept(data, FIRST)
    try:
        with read_only(data), running(data) as (_, base):
            return _goes_on(READ_ONLY, ask(base, THEN, KEPT))
    except NoMountError:
        return not_tried(READ_ONLY, "此处不能把目录设为只读")
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _goes_on(promise: str, answer: httpx.Response) -> Row:
    """Return a row on an answer that should be right, say that it was not kept, and tell no place."""
    told = answer.json()
    is_right = answer.status_code == 200 and THEN_SUM in told["text"]
    is_said = any("没能存入对话记录" in one for one in told.get("warnings", []))
    is_clean = INSIDE.search(answer.text) is None
    measured = "、".join(
        (
            f"{THEN_SUM}（由前文的 {FIRST_SUM} 换算）" if is_right else "没有答对",
            "说明了没有存下" if is_said else "没有说明没有存下",
            "未露位置" if is_clean else "露出了位置",
        )
    )
    return Row(promise, measured, is_right and is_said and is_clean)
