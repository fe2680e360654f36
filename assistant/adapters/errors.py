"""What can go wrong at the rim, said in Chinese: what, where, how to repair.

AdapterError
├── IndexUnavailableError      the search index cannot be read or built here
├── EmbedderUnavailableError   the embedding model that a setting names cannot be loaded
├── DatabaseUnavailableError   the database cannot be opened, read or written
└── StoreDamagedError          files of one store are not what they should be; caught and rebuilt, not shown
"""

from __future__ import annotations


class AdapterError(Exception):
    """Base of everything that can go wrong in an adapter; its message is Chinese and for people."""


class IndexUnavailableError(AdapterError):
    """Raised when the search index can neither be read nor built."""


class EmbedderUnavailableError(AdapterError):
    """Raised when an embedding model cannot be loaded or used."""


class DatabaseUnavailableError(AdapterError):
    """Raised when the database cannot be opened, read or written."""


class StoreDamagedError(AdapterError):
    """Raised by a store whose files cannot be read; whoever opened it builds it anew."""
