"""What can go wrong at the rim, said in Chinese: what, where, how to repair.

AdapterError
├── IndexUnavailableError      the search index cannot be read or built here
├── EmbedderUnavailableError   the embedding model that a setting names cannot be loaded
├── DatabaseUnavailableError   the database cannot be opened, read or written
└── StoreDamagedError          files of one store are not what they should be; caught and rebuilt, not shown
"""

from __future__ import annotations

import logging
import uuid


class AdapterError(Exception):
    """Base of everything that can go wrong in an adapter.

    Its message is Chinese and for the operator: it may name folders, hosts and what a library said, and
    stands in the log and on the command line alone. Whoever asks a question is told a reference (`noted`).
    """


class IndexUnavailableError(AdapterError):
    """Raised when the search index can neither be read nor built."""


class EmbedderUnavailableError(AdapterError):
    """Raised when an embedding model cannot be loaded or used."""


class DatabaseUnavailableError(AdapterError):
    """Raised when the database cannot be opened, read or written."""


class StoreDamagedError(AdapterError):
    """Raised by a store whose files cannot be read; whoever opened it builds it anew."""


def noted(log: logging.Logger, what: str, error: Exception) -> str:
    """Write a failure to the log under a short reference, and return the reference.

    The reference is all that an answer says of the failure.
    """
    reference = uuid.uuid4().hex[:8]
    log.error("%s [%s]: %s", what, reference, error)
    return reference
