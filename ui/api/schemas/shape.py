"""The ground of the described shapes: nothing beyond what is described, and Chinese names."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """A described shape; a response with anything more would not be true to it."""

    model_config = ConfigDict(extra="forbid")


def named(title: str) -> ConfigDict:
    """Return the configuration of a shape that is called so in Chinese."""
    return ConfigDict(extra="forbid", title=title, json_schema_extra={"description": title})
