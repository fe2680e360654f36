"""Every regular expression of the program takes time in proportion to the text, whatever the text."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.collected_patterns import ROOT
from tests.pattern_growth import growth_of

# Matched only against one whole line, or a question as a whole; never searched for in a text.
WHOLE = ("corpus/reading/furniture.py", "assistant/steps/routing/talk.py")


@pytest.fixture(scope="module")
def patterns(tmp_path_factory):
    """Return every pattern, collected in a process of its own."""
    environment = {**os.environ, "POLICY_DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    command = [sys.executable, "-m", "tests.collected_patterns"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=300)
    return json.loads(told.stdout.splitlines()[-1])


def test_no_pattern_grows_faster_than_its_text(patterns):
    assert len(patterns) > 700, "patterns were not collected"
    grown = []
    for row in patterns:
        is_whole = row["place"].startswith(WHOLE)
        growth = growth_of(row["pattern"], row["flags"], is_whole)
        if growth is not None:
            grown.append(f"{row['place']}: {row['pattern'][:200]}\n    {growth}")
    assert not grown, "\n".join(grown)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\d+(?:\.\d+)?|[万亿])+%",
        r"\s*$",
        r"[一二三四五六七八九十]+条",
        r"问：\s*题?\s*答",
        "既.*又.*都",
        "甲|(a|aa)+b",
    ],
)
def test_the_check_knows_a_pattern_that_is_not_linear(pattern):
    assert growth_of(pattern, re.UNICODE) is not None


@pytest.mark.parametrize(
    "pattern", [r"\d{1,3}%", r"(?<!\d)\d++%", r"[^。]+", r"\s{0,8}$", "既.{0,40}又", "(甲|乙)+"]
)
def test_the_check_lets_a_linear_pattern_pass(pattern):
    assert growth_of(pattern, re.UNICODE) is None
