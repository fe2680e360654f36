"""A receipt is kept, computed again to the byte, and never written over."""

import json

import pytest
from click.testing import CliRunner

from ui.cli import cli

MEASURE = "sh-industrial-services/10/one-test-many-certificates"


def run(*words):
    return CliRunner().invoke(cli, list(words))


@pytest.fixture
def receipt(tmp_path):
    file = tmp_path / "receipt.json"
    told = run("estimate", MEASURE, "contract_amount=120万", "--as-of", "2026-03-01", "--receipt", str(file))
    assert told.exit_code == 0, told.output
    return file


def test_a_receipt_is_computed_again_to_the_byte(receipt):
    told = run("receipt", str(receipt))
    assert told.exit_code == 0
    assert "逐字节相同" in told.output
    assert json.loads(receipt.read_text("utf-8"))["estimate"]["amount"] == "360000.00"


def test_a_receipt_that_was_tampered_with_is_told_and_fails(receipt):
    receipt.write_text(receipt.read_text("utf-8").replace("360000.00", "460000.00"), "utf-8")
    told = run("receipt", str(receipt))
    assert told.exit_code == 1
    assert "不同" in told.output


def test_a_receipt_is_never_written_over(receipt):
    before = receipt.read_bytes()
    told = run("estimate", MEASURE, "contract_amount=1万元", "--receipt", str(receipt))
    assert told.exit_code == 2
    assert "已存在" in told.output
    assert receipt.read_bytes() == before


@pytest.mark.parametrize("text", ["", "不是 JSON", "{}", '{"version": 99}'])
def test_what_is_no_receipt_is_refused_in_chinese(tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    told = run("receipt", str(file))
    assert told.exit_code == 2
    assert "测算单" in told.output
    assert "Traceback" not in told.output
