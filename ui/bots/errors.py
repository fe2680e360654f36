"""What can be wrong with a callback, said in Chinese.

CallbackError
├── ForgedError       not signed by the platform, or too old: refused with 403
└── MalformedError    signed or not, it cannot be read: refused with 400

SealError             a ciphertext that was not sealed with our key, or is damaged
"""

from __future__ import annotations


class CallbackError(Exception):
    """Base of what makes a callback unusable; its message is Chinese and tells nothing of the inside."""

    status = 400


class ForgedError(CallbackError):
    """Raised for a callback that the platform did not sign, or signed too long ago."""

    status = 403


class MalformedError(CallbackError):
    """Raised for a callback that cannot be read."""


class SealError(ValueError):
    """Raised for a ciphertext that cannot be opened, or was meant for somebody else."""
