"""kill −9 while a document is added, while the index is built, while questions are answered."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx

from corpus.added import added_folder, added_folders, load_added
from tests.faults.product import FIRST, PATIENT_S, ask, command, found, running, soon
from tests.faults.table import Row

TEXT = "北湖区支持软件产业发展若干措施\n第一条 支持首版次软件。对首版次软件产品给予最高80万元奖励。\n"
AFTER_S = (0.0, 0.003, 0.02)  # after the first trace of the work on disk
ASKING, ASKED_FOR_S = 6, 1.5


def rows(folder: Path) -> Iterator[Row]:
    """Try all three."""
    yield from _while_adding(folder / "adding")
    yield _while_building(folder / "building")
    yield _while_answering(folder / "answering")


def _while_adding(folder: Path) -> Iterator[Row]:
    folder.mkdir(parents=True)
    (folder / "北湖.txt").write_text(TEXT, encoding="utf-8")
    home = added_folder(folder)
    home.mkdir()
    for n, seconds in enumerate(AFTER_S):
        adding = command(folder, "add", "北湖.txt", f"beihu-{n}", "--yes")
        soon(lambda: any(home.glob(".*")), every_s=0.0005)
        time.sleep(seconds)
        adding.kill()
        adding.wait()
    whole = sum(bool(load_added(one)) for one in added_folders(home))
    (home / f".{'0' * 32}" / "beihu-left").mkdir(parents=True)  # as one that is killed midway leaves it
    command(folder, "add", "北湖.txt", "beihu-last", "--yes").wait()
    left = [one.name for one in home.iterdir() if one.name.startswith(".")]
    yield Row(
        "添加文件时 kill −9：要么全有，要么全无",
        f"{len(AFTER_S)} 次被杀，{whole} 份已完整写入，其余没有痕迹",
        len(added_folders(home)) == whole + 1,
    )
    yield Row("留下的隐藏文件夹下次添加时清掉", f"剩 {len(left)} 个", not left)


def _while_building(folder: Path) -> Row:
    folder.mkdir(parents=True)
    right, before = 0, found(folder / "whole")
    for seconds in AFTER_S:
        data = folder / f"after-{seconds}"
        data.mkdir()
        building = command(data, "index")
        soon(lambda data=data: any((data / "index").rglob("manifest.json")), every_s=0.0005)
        time.sleep(seconds * 10)
        building.kill()
        building.wait()
        right += found(data) == before
    return Row(
        "建索引时 kill −9：下次照常作答",
        f"{right}/{len(AFTER_S)} 次检索结果与未被杀的相同",
        right == len(AFTER_S),
    )


def _while_answering(folder: Path) -> Row:
    folder.mkdir(parents=True)
    said: dict[str, int] = {}
    with running(folder) as (server, base):
        ask(base, FIRST, str(uuid.uuid4()))  # what is slow the first time is done
        asking = [threading.Thread(target=_ask_on, args=(base, said)) for _ in range(ASKING)]
        for one in asking:
            one.start()
        time.sleep(ASKED_FOR_S)
        server.kill()
        for one in asking:
            one.join()
    with running(folder) as (_, base):
        kept = {one: _turns(base, one) for one in said}
    missing = sum(max(0, told - kept[one]) for one, told in said.items())
    return Row(
        "答完的每一轮都已存下，kill −9 也不丢",
        f"{ASKING} 人连续提问，被杀前答完 {sum(said.values())} 轮，重启后缺 {missing} 轮",
        missing == 0 and sum(said.values()) > 0,
    )


def _ask_on(base: str, said: dict[str, int]) -> None:
    """Ask in a conversation of one's own until nobody answers, counting what was answered."""
    own = str(uuid.uuid4())
    said[own] = 0
    try:
        while ask(base, FIRST, own).status_code == 200:
            said[own] += 1
    except httpx.TransportError:
        return


def _turns(base: str, conversation: str) -> int:
    answer = httpx.get(f"{base}/api/v1/conversations/{conversation}", timeout=PATIENT_S)
    return len(answer.json()["turns"]) if answer.status_code == 200 else 0
