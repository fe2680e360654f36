"""The platforms' encryption (EncodingAESKey): AES-256-CBC around a message and the id it is meant for."""

from __future__ import annotations

import base64
import binascii
import os
import re
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from ui.bots.errors import SealError

BLOCK = 32
_RANDOM = 16
_LENGTH = struct.Struct("!I")
_KEY = re.compile(r"[A-Za-z0-9+/]{43}")


class Sealer:
    """Seals and opens messages of one account. `receiver` is the AppID or CorpID, empty for a 智能机器人."""

    def __init__(self, encoding_key: str, receiver: str) -> None:
        self._key = decoded_key(encoding_key)
        self._receiver = receiver.encode()

    def seal(self, message: str, salt: bytes | None = None) -> str:
        """Return the message sealed, in Base64. A salt of 16 bytes makes it the same again each time."""
        words = message.encode()
        plain = (salt or os.urandom(_RANDOM)) + _LENGTH.pack(len(words)) + words + self._receiver
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(_padded(plain)) + encryptor.finalize()
        return base64.b64encode(sealed).decode("ascii")

    def open(self, sealed: str) -> str:
        """Return the message inside.

        Raises:
            SealError: it was not sealed with this key for this receiver, or is damaged.
        """
        plain = _unpadded(self._decrypted(sealed))
        if len(plain) < _RANDOM + _LENGTH.size:
            raise SealError("too short")
        (length,) = _LENGTH.unpack_from(plain, _RANDOM)
        start = _RANDOM + _LENGTH.size
        if len(plain) - start < length or plain[start + length :] != self._receiver:
            raise SealError("meant for somebody else")
        try:
            return plain[start : start + length].decode()
        except UnicodeDecodeError:
            raise SealError("no text inside") from None

    def _decrypted(self, sealed: str) -> bytes:
        try:
            cipher = base64.b64decode(sealed.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise SealError("not Base64") from None
        if not cipher or len(cipher) % 16:
            raise SealError("not whole blocks")
        decryptor = self._cipher().decryptor()
        return decryptor.update(cipher) + decryptor.finalize()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))


def decoded_key(encoding_key: str) -> bytes:
    """Return the 32 bytes of an EncodingAESKey.

    >>> len(decoded_key("a" * 43))
    32

    Raises:
        SealError: it is not 43 letters and digits.
    """
    if not _KEY.fullmatch(encoding_key):
        raise SealError("EncodingAESKey 应为 43 位字母和数字")
    return base64.b64decode(f"{encoding_key}=")


def _padded(plain: bytes) -> bytes:
    r"""Fill up to whole blocks of 32; each byte added says how many were.

    >>> len(_padded(b"x" * 32)), _padded(b"x" * 30)[-2:]
    (64, b'\x02\x02')
    """
    missing = BLOCK - len(plain) % BLOCK
    return plain + bytes([missing]) * missing


def _unpadded(plain: bytes) -> bytes:
    added = plain[-1]
    if not 1 <= added <= BLOCK or plain[-added:] != bytes([added]) * added:
        raise SealError("badly padded")
    return plain[:-added]
