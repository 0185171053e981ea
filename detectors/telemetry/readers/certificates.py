"""Reads certificates as they were sent; nothing is verified, and nothing odd in them raises.

Before this on the path: ``tls.py`` with the DER bytes. After it: ``Certificate`` in a ``TlsSession``.
"""

# ruff: noqa: PLW0108 - the attribute itself may raise, so it is asked for within the lambda

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

from detectors.contract.conversations import Certificate
from detectors.telemetry.readers.texts import clean

MAX_NAMES = 32
MAX_NAME = 255
MAX_SUBJECT = 1_024
MAX_KNOWN = 1_024
"""Certificates whose reading is remembered: servers send the same ones again and again."""
_KEY_KINDS = (
    (rsa.RSAPublicKey, "rsa"),
    (ec.EllipticCurvePublicKey, "ec"),
    (ed25519.Ed25519PublicKey, "ed25519"),
    (dsa.DSAPublicKey, "dsa"),
)
REFUSALS = (
    *(ValueError, TypeError, AttributeError, OverflowError, NotImplementedError, UnsupportedAlgorithm),
    *(x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, x509.InvalidVersion),
)
"""How the library refuses an odd certificate; the field stays empty."""
_known: dict[str, Certificate] = {}
_Value = TypeVar("_Value")


def read_certificate(der: bytes) -> Certificate:
    """Read one certificate; what cannot be read of it stays empty."""
    sha256 = hashlib.sha256(der).hexdigest()
    known = _known.get(sha256)
    if known is None:
        if len(_known) >= MAX_KNOWN:
            _known.clear()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The library warns of odd certificates; we are here to look at them.
            known = _known[sha256] = _read(der, sha256)
    return known


def _read(der: bytes, sha256: str) -> Certificate:
    untrusted = _or(None, lambda: x509.load_der_x509_certificate(der))
    if untrusted is None:
        return Certificate("", "", (), 0.0, 0.0, False, "", 0, "", False, sha256)  # noqa: FBT003
    one = untrusted
    subject, issuer = _or("", lambda: one.subject.rfc4514_string()), _or("", lambda: one.issuer.rfc4514_string())
    kind, bits = _or(("", 0), lambda: _key(one))
    return Certificate(
        subject=clean(subject, MAX_SUBJECT),
        issuer=clean(issuer, MAX_SUBJECT),
        names=_or((), lambda: _names(one)),
        not_before_s=_or(0.0, lambda: one.not_valid_before_utc.timestamp()),
        not_after_s=_or(0.0, lambda: one.not_valid_after_utc.timestamp()),
        is_self_signed=_or(False, lambda: one.subject.public_bytes() == one.issuer.public_bytes()),  # noqa: FBT003
        key_kind=kind,
        key_bits=bits,
        signature_hash=_or("", lambda: one.signature_hash_algorithm.name if one.signature_hash_algorithm else ""),
        is_authority=_or(False, lambda: _is_authority(one)),  # noqa: FBT003
        sha256=sha256,
    )


def _or(empty: _Value, ask: Callable[[], _Value]) -> _Value:
    """Ask for one field, or take the empty one."""
    try:
        return ask()
    except REFUSALS:
        return empty


def _key(certificate: x509.Certificate) -> tuple[str, int]:
    key = certificate.public_key()
    kind = next((name for one, name in _KEY_KINDS if isinstance(key, one)), "")
    return kind, 256 if kind == "ed25519" else getattr(key, "key_size", 0)


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    names = [clean(str(name.value), MAX_NAME) for name in list(extension.value)[:MAX_NAMES]]
    return tuple(name.lower() for name in names)


def _is_authority(certificate: x509.Certificate) -> bool:
    return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
