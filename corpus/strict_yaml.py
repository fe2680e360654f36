"""YAML read strictly: a key given twice is an error, and so is one that is not known; each with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.errors import BrokenCorpusError

Model = TypeVar("Model", bound=BaseModel)
Shape = TypeVar("Shape")
# libyaml's reader where PyYAML was built with it, as its wheels are: ten times faster, 0.3 s of every start.
_Safe: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请删去或改正字段名",
    "enum": "不是允许的值",
    "literal_error": "不是允许的值",
    "decimal_parsing": "不是数字",
    "greater_than_equal": "不能为负",
    "union_tag_invalid": "没有这种公式类型",
    "finite_number": "不是有限的数",
    "string_too_short": "不能为空",
    "string_type": "应为文字，请加引号",
    "too_short": "至少要有一项（any_of 至少两项）",
    "dict_type": "应为按名称列出的各项",
    "model_type": "应为按名称列出的各项",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
}
_CHOICES = {"enum", "literal_error", "union_tag_invalid"}

Location = Sequence[int | str]


class _StrictLoader(_Safe):  # type: ignore[valid-type, misc]
    """The safe loader, refusing a mapping that names a key twice; dates stay the text they are.

    A quote such as 2024-01-05 is words of a document; where a date is meant, the model says so.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping, or say which key stands in it twice."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"键“{twice}”重复", node.start_mark)
        return dict(super().construct_mapping(node, deep=deep))


_StrictLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_strictly(path: Path) -> object:
    """Return what the file holds.

    Raises:
        BrokenCorpusError: the file is missing, no UTF-8, no YAML, or has a key twice.
    """
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f"{path} 第 {mark.line + 1} 行" if mark is not None else str(path)
        problem = getattr(error, "problem", None) or "不是 YAML"
        raise BrokenCorpusError(where, f"无法读取：{problem}") from error
    except FileNotFoundError as error:
        raise BrokenCorpusError(str(path), "无法读取：文件不存在") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenCorpusError(str(path), f"无法读取：{error}") from error


def read_model(path: Path, shape: type[Model]) -> Model:
    """Return what the file holds, validated as `shape`.

    Raises:
        BrokenCorpusError: the file cannot be read or is not of the right shape; with the line.
    """
    return validated(path, load_strictly(path), TypeAdapter(shape))


def validated(path: Path, raw: object, adapter: TypeAdapter[Shape]) -> Shape:
    """Return what a file held, validated.

    Raises:
        BrokenCorpusError: it is not of the right shape; says where in the file, and in which line.
    """
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        errors = error.errors()
        first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])  # a misspelt key
        location = _within(raw, first["loc"], is_missing=first["type"] == "missing")
        message = _MESSAGES.get(first["type"], first["msg"])
        if first["type"] in _CHOICES and (allowed := first.get("ctx", {})):
            message += f"（可以是 {allowed.get('expected') or allowed.get('expected_tags')}）"
        raise BrokenCorpusError(f"{at_line(path, location)} 的 {named(raw, location)}", message) from error


def at_line(path: Path, location: Location) -> str:
    """Return the file with the line in which a place of it stands, for messages.

    A place that is not there (a key that is missing) is where its surroundings begin.
    """
    line = line_of(path, location)
    return f"{path} 第 {line} 行" if line else str(path)


def line_of(path: Path, location: Location) -> int | None:
    """Return the line, from 1, in which a place of the file stands; None where the file cannot be read."""
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=_StrictLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    if node is None:
        return None
    line = node.start_mark.line
    for step in location:
        inner = _inside(node, step)
        if inner is None:
            break
        line, node = inner
    return int(line) + 1


def _inside(node: yaml.Node, step: int | str) -> tuple[int, yaml.Node] | None:
    """Return the line and node of one step further in."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def named(raw: object, location: Location) -> str:
    """Name a place in the file as people would: by an entry's id rather than its position.

    >>> named({"measures": [{"id": "a/1", "name": 3}]}, ("measures", 0, "name"))
    'measures → a/1 → name'
    """
    parts: list[str] = []
    for step in location:
        if isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
            parts.append(str(raw.get("id", step) if isinstance(raw, dict) else step))
            continue
        parts.append(str(step))
        raw = raw.get(step) if isinstance(raw, dict) else raw
    return " → ".join(parts) or "整个文件"


def _within(raw: object, location: Location, *, is_missing: bool) -> tuple[int | str, ...]:
    """Return the steps of a validator's place that are places of the file; it names alternatives, too."""
    kept: list[int | str] = []
    for step in location:
        is_item = isinstance(raw, list) and isinstance(step, int) and step < len(raw)
        if is_item or (isinstance(raw, dict) and step in raw):
            raw = raw[step]  # type: ignore[index]
            kept.append(step)
    return (*kept, location[-1]) if is_missing and location else tuple(kept)
