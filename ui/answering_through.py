"""The program with something before who answers: questions noted, or limited in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from ui.application import Answers, Application


class _AnsweringThrough:
    """The program, answering through another; everything else is as it is."""

    def __init__(self, application: Application, through: Callable[[Answers], Answers]) -> None:
        self._application = application
        self._through = through

    @property
    def assistant(self) -> Answers:
        """Return who answers."""
        return self._through(self._application.assistant)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._application, name)


def answering_through(application: Application, through: Callable[[Answers], Answers]) -> Application:
    """Return the program with its answers given by what `through` makes of who answers."""
    return cast(Application, _AnsweringThrough(application, through))
