"""A run as JUnit XML: one test case an attempt; a wrong answer is a failure, a crash or timeout an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from evals.running import Judged

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(judged: Sequence[Judged]) -> str:
    """Return the XML, one test suite for each suite of items."""
    root = ElementTree.Element("testsuites", name="policy-assistant eval", tests=str(len(judged)))
    for suite in dict.fromkeys(one.attempt.item.case.suite for one in judged):
        _suite(root, suite, [one for one in judged if one.attempt.item.case.suite == suite])
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, suite: str, members: Sequence[Judged]) -> None:
    failures = sum(not one.verdict.passed and not _is_error(one) for one in members)
    errors = sum(_is_error(one) for one in members)
    node = ElementTree.SubElement(
        root,
        "testsuite",
        name=_safe(suite),
        tests=str(len(members)),
        failures=str(failures),
        errors=str(errors),
        time=f"{sum(map(_seconds, members)):.3f}",
    )
    for one in members:
        _case(node, suite, one)


def _case(node: ElementTree.Element, suite: str, one: Judged) -> None:
    case = ElementTree.SubElement(
        node, "testcase", classname=_safe(suite), name=_safe(one.attempt.key), time=f"{_seconds(one):.3f}"
    )
    if one.verdict.passed:
        return
    kind = "error" if _is_error(one) else "failure"
    found = ElementTree.SubElement(case, kind, message=_safe(one.verdict.fault or ""), type=kind)
    last = one.conversation.replies[-1]
    found.text = _safe("\n".join((last.question, *one.verdict.why, last.text)))


def _is_error(one: Judged) -> bool:
    return one.verdict.fault in ("超时", "出错")


def _seconds(one: Judged) -> float:
    return sum(reply.seconds for reply in one.conversation.replies)


def _safe(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return _UNWRITABLE.sub("�", text)
