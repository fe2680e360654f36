"""Write `pronunciations.yaml`: how the common Chinese characters sound, tones left out.

    pip install pypinyin==0.55.0
    python -m assistant.steps.reading.write_pronunciations assistant/steps/reading/pronunciations.yaml

The readings are those of pypinyin (MIT licence); the characters are the 6,763 of GB 2312. The library is
needed here alone: a question is read with the file.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

_HEAD = """# 常用汉字（GB 2312 的 6763 字）的读音，不带声调；多音字在每个音下都有。由下面的命令写成，不手改：
#   python -m assistant.steps.reading.write_pronunciations assistant/steps/reading/pronunciations.yaml
# 读音取自 pypinyin 0.55.0（MIT 许可）。
"""


def common_characters() -> Iterator[str]:
    """Yield the characters of GB 2312, in its order.

    >>> sum(1 for _ in common_characters())
    6763
    """
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def without_tone(reading: str) -> str:
    """Return a reading without its tone; ü is written v.

    >>> without_tone("lǜ"), without_tone("guǎn")
    ('lv', 'guan')
    """
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(one for one in plain if not unicodedata.combining(one))


def main(arguments: list[str]) -> None:
    """Write the file that is named."""
    readings = import_module("pypinyin.pinyin_dict").pinyin_dict
    sounds: dict[str, str] = defaultdict(str)
    for character in common_characters():
        for sound in dict.fromkeys(map(without_tone, readings[ord(character)].split(","))):
            sounds[sound] += character
    lines = (f'"{sound}": {sounds[sound]}' for sound in sorted(sounds))
    Path(arguments[0]).write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
