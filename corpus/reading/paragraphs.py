"""Paragraphs of a text whose line breaks were lost: full-width spaces, or plain ones after sentences.

Chinese paragraphs begin with two full-width spaces. Where a page was flattened to one line, these spaces, and
the plain ones between title, addressee, headings and date, are all that is left of its line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.reading.markers import CN, read_marker
from corpus.reading.outline.part_starts import QUESTION
from corpus.reading.tracked import Edit, TrackedText

BLANK = "[ \t\u00a0\u2002\u2003\u3000]"
RUN = re.compile(rf"(?<=\S){BLANK}++(?=\S)")
INDENT = re.compile("\u3000{2,}|\u00a0{3,}|\u2003{2,}")
SPACED_MARK = re.compile(rf"第[ 0-9{CN}]{{1,12}}[条章节]?|[{CN}]{{1,3}}")
SENTENCE_END = "。！？；：;:”）)】》"
TEXT_END = "。！？；”）)"
DATE = re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
DAY = re.compile(r"(?:\d{4}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?日")
DATE_END = re.compile(DATE.pattern + "$")
SENTENCE_END_WITHIN = re.compile("[，。；：]")
HAN = re.compile("[\u4e00-\u9fff“《（(【]")
SENTENCE_MARKS = re.compile("[。；]")
LONG_LINE = 200
FEWEST_BREAKS = 3  # so many blanks where a sentence ends make a long line a flattened text
FEWEST_ON_ONLY_LINE = 2
MOST_TORN = 0.5  # blanks within sentences, a sentence: more, and blanks say nothing
SHORTEST_WORD = 2
WINDOW = 120  # characters looked at on either side of a blank


def with_paragraphs_on_lines(text: TrackedText) -> TrackedText:
    """Begin a line at each paragraph mark inside a line; nothing else of the text is touched."""
    return text.relined("lost_break", list(_breaks(text.text)))


def _breaks(text: str) -> Iterator[Edit]:
    is_only_line = "\n" not in text.strip()
    at = 0
    for line in re.split("(\r\n|\r|\n)", text):
        if line.strip():
            runs = list(RUN.finditer(line))
            chosen = (
                _of_flattened(line, runs) if _is_flattened(line, runs, is_only_line) else _of_line(line, runs)
            )
            yield from (Edit(at + run.start(), at + run.end(), "\n") for run in chosen)
        at += len(line)


def _is_flattened(line: str, runs: list[re.Match[str]], is_only_line: bool) -> bool:
    ends = sum(line[run.start() - 1] in SENTENCE_END or bool(INDENT.search(run.group())) for run in runs)
    fewest = FEWEST_ON_ONLY_LINE if is_only_line else FEWEST_BREAKS
    return ends >= fewest and (is_only_line or len(line) >= LONG_LINE)


def _of_line(line: str, runs: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Give the indents inside an ordinary line that follow the end of a sentence."""
    for run in runs:
        if INDENT.search(run.group()) and line[run.start() - 1] in TEXT_END and line[: run.start()].strip():
            yield run


def _of_flattened(line: str, runs: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    torn = sum(_is_inside_sentence(line, run) for run in runs)
    is_torn = torn > MOST_TORN * max(len(SENTENCE_MARKS.findall(line)), 1)
    begin = 0
    for run in runs:
        before = line[max(begin, run.start() - WINDOW) : run.start()]
        after = line[run.end() : run.end() + WINDOW]
        if _breaks_here(before, run.group(), after, is_torn):
            yield run
            begin = run.end()


def _breaks_here(before: str, blanks: str, after: str, is_torn: bool) -> bool:
    marker = read_marker(before)
    is_mark = (marker is not None and marker.text == before.strip()) or SPACED_MARK.fullmatch(before)
    if is_mark or len(before.strip()) < SHORTEST_WORD:
        return False  # 第一条　　为了…, 第 1 0 条 鼓励…, 附　　则
    if len(re.split(BLANK, after, maxsplit=1)[0]) < SHORTEST_WORD:
        return False
    if INDENT.search(blanks):
        return True
    if before[-1] in SENTENCE_END:
        return HAN.match(after) is not None or read_marker(after) is not None or after[0].isdigit()
    if DATE_END.search(before) or read_marker(after) is not None or QUESTION.match(after):
        return True
    if DAY.match(after) and not SENTENCE_END_WITHIN.search(before):
        return True  # the body that signs, or a heading, then the date
    return not is_torn and HAN.match(before[-1]) is not None and HAN.match(after) is not None


def _is_inside_sentence(line: str, run: re.Match[str]) -> bool:
    """Tell whether a plain blank stands between characters of one sentence."""
    if INDENT.search(run.group()) or not HAN.match(line[run.start() - 1]) or not HAN.match(line[run.end()]):
        return False
    before = re.split(rf"{BLANK}|[。；：]", line[max(0, run.start() - WINDOW) : run.start()])[-1]
    after = re.split(rf"{BLANK}|[。；：]", line[run.end() : run.end() + WINDOW])[0]
    return bool(re.search("[，、]", before) and re.search("[，、]", after))
