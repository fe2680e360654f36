"""YAML read strictly: a key given twice is an error, and so is a file that cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from corpus.errors import BrokenCorpusError

Model = TypeVar("Model", bound=BaseModel)
# libyaml's reader where PyYAML was built with it, as its wheels are: ten times faster, 0.3 s of every start.
_Safe: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenCorpusError(str(path), f"无法读取：{error}") from error


def read_model(path: Path, shape: type[Model]) -> Model:
    """Return what the file holds, validated as `shape`.

    Raises:
        BrokenCorpusError: the file cannot be read or is not of the right shape.
    """
    try:
        return shape.model_validate(load_strictly(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "整个文件"
        raise BrokenCorpusError(str(path), f"{where}：{first['msg']}") from error
