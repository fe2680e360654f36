"""The PostgreSQL server goes away under the running program, or is not there when it starts."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from assistant.adapters.database import open_database
from tests.faults.product import FIRST, FIRST_SUM, INSIDE, THEN, THEN_SUM, ask, running, soon
from tests.faults.table import Row, not_tried

SERVER = "POLICY_TEST_DATABASE_URL"
NOWHERE = "postgresql://clerk-geheim:pw-geheim@127.0.0.1:1/db-geheim"
GOES_AWAY = "PostgreSQL 中途停掉：照常作答，接着前文"
COMES_BACK = "恢复后补存停掉期间的几轮"


def rows(folder: Path) -> Iterator[Row]:
    """Try a server that is not there, and where there is one, take it away."""
    folder.mkdir()
    own = str(uuid.uuid4())
    with running(folder, POLICY_DATABASE_URL=NOWHERE) as (_, base):
        answers = [ask(base, FIRST, own), ask(base, THEN, own)]
    is_right = FIRST_SUM in answers[0].text and THEN_SUM in answers[1].text
    is_clean = not any(INSIDE.search(one.text) for one in answers)
    measured = (
        f"{'两轮都答对' if is_right else '没有答对'}，{'未露' if is_clean else '露出了'}主机、库名、用户"
    )
    yield Row("PostgreSQL 连不上：照常作答，不露位置", measured, is_right and is_clean)
    if not os.environ.get(SERVER):
        yield not_tried(GOES_AWAY, "没有 PostgreSQL：.ci/postgresql make faults 会起一个")
        return
    yield from _taken_away(folder)


def _taken_away(folder: Path) -> Iterator[Row]:
    server, name, own = os.environ[SERVER], f"faults_{uuid.uuid4().hex}", str(uuid.uuid4())
    url = make_url(server).set(database=name).render_as_string(hide_password=False)
    engine = open_database(server, folder)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.execute(text(f"CREATE DATABASE {name}"))
        try:
            with running(folder, POLICY_DATABASE_URL=url) as (_, base):
                ask(base, FIRST, own)
                admin.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
                ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
                admin.execute(text(ended), {"name": name})
                while_away = [ask(base, FIRST, own), ask(base, THEN, own)]
                is_right = THEN_SUM in while_away[1].text
                is_clean = not any(INSIDE.search(one.text) for one in while_away)
                yield Row(
                    GOES_AWAY, "答对，未露位置" if is_right and is_clean else "不对", is_right and is_clean
                )
                admin.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
                yield _caught_up(base, own)
        finally:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _caught_up(base: str, own: str) -> Row:
    import httpx

    def turns() -> int:
        answer = httpx.get(f"{base}/api/v1/conversations/{own}", timeout=30)
        return len(answer.json()["turns"]) if answer.status_code == 200 else 0

    def is_kept() -> bool:
        return not any("没能存入" in one for one in ask(base, FIRST, own).json()["warnings"])

    caught_up = soon(is_kept, within_s=45)
    found = turns()
    return Row(COMES_BACK, f"对话里现有 {found} 轮", caught_up and found >= 4)
