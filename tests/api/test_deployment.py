"""What docs/deployment.md and deploy/ promise: settings that exist, an nginx that lets streams through."""

import re
import shutil
import socket
import subprocess
from pathlib import Path

import httpx
import pytest
import yaml

from tests.api.serving import PieceByPiece, served
from tests.fakes import FakeApplication
from tests.patience import PATIENCE_S, soon
from ui.api import create_app
from ui.api.settings import ApiSettings
from ui.bots.settings import BotSettings

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "deployment.md"
DEPLOY = sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())
KNOWN = {f"POLICY_{name.upper()}" for name in {*ApiSettings.model_fields, *BotSettings.model_fields}}
OWN = set(ApiSettings.model_fields) - set(BotSettings.model_fields)
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
QUESTION = {"question": "自筹800万元能拿多少？", "as_of": "2026-11-22"}


@pytest.mark.parametrize("path", [GUIDE, *DEPLOY], ids=lambda path: path.name)
def test_every_variable_named_is_a_setting(path):
    assert set(re.findall(r"POLICY_[A-Z_]+[A-Z]", path.read_text(encoding="utf-8"))) <= KNOWN


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_setting_of_the_interface_is_told_with_its_default(name):
    row = re.search(rf"^\| `POLICY_{name.upper()}` \| (.+?) \|", GUIDE.read_text(encoding="utf-8"), re.M)
    default = ApiSettings.model_fields[name].default
    assert row
    if name == "api_keys" or default == "":
        assert row.group(1) in {"无", "不限"}
    else:
        assert row.group(1) == f"`{str(default).lower()}`"


def test_compose_gives_more_time_to_stop_than_the_program_takes():
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for name in ("api", "page"):
        environment = services[name]["environment"]
        needed = float(environment["POLICY_STOP_S"]) + float(environment.get("POLICY_DRAIN_S", 0))
        assert int(services[name]["stop_grace_period"].rstrip("s")) > needed
    assert "ports" not in services["database"]
    assert "ports" not in services["chroma"]


def test_systemd_gives_more_time_to_stop_than_the_program_takes():
    for unit in (ROOT / "deploy").glob("*.service"):
        text = unit.read_text(encoding="utf-8")
        needed = sum(map(float, re.findall(r"POLICY_(?:STOP|DRAIN)_S=(\d+)", text)))
        assert int(re.search(r"TimeoutStopSec=(\d+)", text).group(1)) > needed > 0


@pytest.fixture
def through_nginx(tmp_path):
    """Serve through a real nginx with our locations; yield its address and who answers behind it."""
    nginx = shutil.which("nginx")
    if nginx is None:
        pytest.skip("nginx is not installed here")
    slow = PieceByPiece()
    with served(create_app(FakeApplication(slow))) as base, socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
        found.close()
        behind = base.removeprefix("http://")
        (tmp_path / "nginx.conf").write_text(f"""
            daemon off; master_process off; pid {tmp_path}/pid; error_log stderr;
            events {{}}
            http {{
                access_log off;
                {"".join(f"{kind}_temp_path {tmp_path};" for kind in TEMPORARY)}
                upstream policy_page {{ server {behind}; }}
                upstream policy_api {{ server {behind}; }}
                server {{
                    listen 127.0.0.1:{port};
                    include {ROOT}/deploy/nginx/policy-locations.conf;
                }}
            }}
        """)
        running = subprocess.Popen([nginx, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)])
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_open(address)
            yield address, slow
        finally:
            running.terminate()
            running.wait(PATIENCE_S)


def _wait_until_open(address):
    def is_open():
        try:
            return httpx.get(f"{address}/readyz", timeout=PATIENCE_S)
        except httpx.ConnectError:
            return None

    assert soon(is_open), "nginx does not open"


def test_pieces_pass_nginx_one_by_one(through_nginx):
    address, slow = through_nginx
    with httpx.stream("POST", f"{address}/api/v1/ask/stream", json=QUESTION, timeout=PATIENCE_S) as response:
        lines = response.iter_lines()
        slow.more.release()
        assert "第1段" in next(line for line in lines if line.startswith('data: {"text"'))
        assert slow.told == 1
        slow.more.release(2)
        assert any("event: answer" in line for line in lines)


def test_nginx_gives_a_request_its_id_closes_the_figures_and_caps_bodies(through_nginx):
    address, _ = through_nginx
    response = httpx.post(f"{address}/api/v1/ask", json=QUESTION, timeout=PATIENCE_S)
    assert re.fullmatch("[0-9a-f]{32}", response.headers["x-request-id"])
    assert httpx.get(f"{address}/metrics", timeout=PATIENCE_S).status_code == 403
    too_long = httpx.post(f"{address}/api/v1/ask", content=b"x" * 70_000, timeout=PATIENCE_S)
    assert too_long.status_code == 413
