"""Tells which models may be loaded: a manifest names their fingerprints, and a signature vouches for the manifest.

Before this on the path: ``models/manifest.toml`` and its signature, both possibly a stranger's. After it:
``onnx_engine.py``, which loads only bytes that are named here. The signature has the form of minisign
(https://jedisct1.github.io/minisign, prehashed), so that everybody can check it with a tool of their own. Nothing of
the manifest is parsed before its signature was found good. ``models/train/sign.py`` makes both files.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from detectors.contract.errors import ModelRefused

MANIFEST, SIGNATURE = "manifest.toml", "manifest.toml.minisig"
OWN_KEY = "own.pub"
"""Beside models that were trained on this computer: the public half of the key made here."""
NAME, OWN_NAME = "plainwatch-models", "plainwatch-own-models"
"""Signed along, so that a good signature over other things is of no use here."""
OLDEST_VERSION = 1
"""Roll-back protection: an older set of models, though signed well, is refused. Raised when one must not come back."""
MAX_MANIFEST_BYTES = 65_536
"""Room for two hundred models."""
MAX_LINES_BYTES = 4_096
"""Of a key or a signature: two, or four, short lines."""
MAX_MODEL_BYTES = 20_000_000
"""Ours are far below; a larger one is not ours."""
MAX_CARD_BYTES = 1_000_000
"""The longest of ours has 40,000."""
MAX_MODELS = 200
"""In one folder; more are not looked at."""
KEYS = Path(__file__).resolve().parents[2] / "resources" / "keys"
"""Our public keys: ``models*.pub``, two while one takes the other's place."""

_KEY_KIND, _SIGNATURE_KIND = b"Ed", b"ED"
_KEY_BYTES, _ID_BYTES, _SIGNATURE_BYTES = 32, 8, 64
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe about a folder of models."""

    keys: Mapping[bytes, bytes]
    """Identity of a key (8 bytes) -> Ed25519 public key (32 bytes)."""
    name: str = NAME
    oldest_version: int = OLDEST_VERSION


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256 of a model's two files."""

    model: str
    card: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a good manifest says."""

    version: int
    expires_on: date
    models: Mapping[str, Fingerprints]


@dataclass(frozen=True, slots=True)
class _Signature:
    """The parts of a signature file."""

    key_id: bytes
    of_file: bytes
    comment: str
    of_comment: bytes


@cache
def shipped_trust() -> Trust:
    """Believe the keys that came with the program."""
    return Trust(dict(read_key(path) for path in sorted(KEYS.glob("models*.pub"))))


def own_trust(folder: Path) -> Trust:
    """Believe the key that was made on this computer: it keeps chance and mix-ups out, not who may write here."""
    return Trust(dict([read_key(folder / OWN_KEY)]), OWN_NAME, 1)


def read_key(path: Path) -> tuple[bytes, bytes]:
    """Read a public key in the form of minisign: its identity and the key.

    Raises:
        ModelRefused: it is missing or has another form.
    """
    try:
        _, line = read_bounded(path, MAX_LINES_BYTES).decode("ascii").splitlines()
        data = _decode(line)
    except (OSError, ValueError, OverflowError) as error:
        raise ModelRefused(name=path.stem, problem="key_unreadable") from error
    if len(data) != len(_KEY_KIND) + _ID_BYTES + _KEY_BYTES or not data.startswith(_KEY_KIND):
        raise ModelRefused(name=path.stem, problem="key_unreadable")
    return data[2:10], data[10:]


def read_manifest(folder: Path, trust: Trust, today: date | None = None) -> Manifest:
    """Read a folder's manifest, once its signature was found good.

    Args:
        folder: Where manifest and signature lie.
        trust: Whom to believe.
        today: For tests; by default the day it is.

    Raises:
        ModelRefused: ``problem`` says why nothing in this folder may be loaded.
    """
    try:
        untrusted_manifest = read_bounded(folder / MANIFEST, MAX_MANIFEST_BYTES)
        untrusted_signature = read_bounded(folder / SIGNATURE, MAX_LINES_BYTES)
    except OverflowError as error:
        raise ModelRefused(name=trust.name, problem="manifest_too_large") from error
    except OSError as error:
        raise ModelRefused(name=trust.name, problem="manifest_missing") from error
    try:
        signature = _parse_signature(untrusted_signature)
    except ValueError as error:
        raise ModelRefused(name=trust.name, problem="manifest_unreadable") from error
    _verify(untrusted_manifest, signature, trust)
    try:
        manifest = _parse(tomllib.loads(untrusted_manifest.decode("utf-8")), signature.comment, trust.name)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelRefused(name=trust.name, problem="manifest_unreadable") from error
    _check_age(manifest, trust, today or datetime.now(UTC).date())
    return manifest


def read_named(folder: Path, name: str, trust: Trust) -> tuple[bytes, bytes]:
    """Read model and card as they were signed.

    Raises:
        ModelRefused: a good manifest does not name them, or names others.
    """
    named = read_manifest(folder, trust).models.get(name)
    if named is None:
        raise ModelRefused(name=name, problem="not_named" if (folder / f"{name}.onnx").exists() else "missing")
    try:
        data = read_bounded(folder / f"{name}.onnx", MAX_MODEL_BYTES)
        card = read_bounded(folder / f"{name}.toml", MAX_CARD_BYTES)
    except OverflowError as error:
        raise ModelRefused(name=name, problem="too_large") from error
    except OSError as error:
        raise ModelRefused(name=name, problem="missing") from error
    if hashlib.sha256(data).hexdigest() != named.model:
        raise ModelRefused(name=name, problem="fingerprint")
    if hashlib.sha256(card).hexdigest() != named.card:
        raise ModelRefused(name=name, problem="card_changed")
    return data, card


def check_models(folder: Path, trust: Callable[[], Trust]) -> dict[str, str]:
    """Tell of each model in a folder why it may not be loaded; empty: it may."""
    names = sorted({path.stem for path in folder.glob("*.onnx")})[:MAX_MODELS]
    problems = dict.fromkeys(names, "")
    for name in names:
        try:
            read_named(folder, name, trust())
        except ModelRefused as error:
            problems[name] = str(error.values["problem"])
    return problems


def read_bounded(path: Path, most_bytes: int) -> bytes:
    """Read a small file whole.

    Raises:
        OverflowError: it is larger.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        data = stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise OverflowError(path.name)
    return data


def comment_of(name: str, version: int, expires_on: date, models: int) -> str:
    """Write the trusted comment: the facts that a reader sees before opening the manifest."""
    return f"{name} version {version} expires {expires_on.isoformat()} models {models}"


def _decode(line: str) -> bytes:
    """Read base64 in the one form that writing it gives: no two lines mean the same."""
    data = base64.b64decode(line, validate=True)
    if base64.b64encode(data).decode("ascii") != line:
        raise binascii.Error("another form")
    return data


def _parse_signature(untrusted: bytes) -> _Signature:
    """Take the four lines of a signature apart."""
    head, line, comment, last = untrusted.decode("ascii").splitlines()
    if not head.startswith(_UNTRUSTED) or not comment.startswith(_TRUSTED):
        raise ValueError("no signature of minisign")
    data, of_comment = _decode(line), _decode(last)
    if len(data) != len(_SIGNATURE_KIND) + _ID_BYTES + _SIGNATURE_BYTES or len(of_comment) != _SIGNATURE_BYTES:
        raise binascii.Error("another length")
    if not data.startswith(_SIGNATURE_KIND):
        raise ValueError("signed in another way")
    return _Signature(data[2:10], data[10:], comment.removeprefix(_TRUSTED), of_comment)


def _verify(untrusted_manifest: bytes, signature: _Signature, trust: Trust) -> None:
    """Check both signatures: of the file's hash, and of that signature with the trusted comment."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loaded where a model is asked, nowhere else
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    if signature.key_id not in trust.keys:
        raise ModelRefused(name=trust.name, problem="manifest_key")
    key = Ed25519PublicKey.from_public_bytes(trust.keys[signature.key_id])
    try:
        key.verify(signature.of_file, hashlib.blake2b(untrusted_manifest).digest())
    except InvalidSignature as error:
        raise ModelRefused(name=trust.name, problem="manifest_changed") from error
    try:
        key.verify(signature.of_comment, signature.of_file + signature.comment.encode("ascii"))
    except InvalidSignature as error:
        raise ModelRefused(name=trust.name, problem="manifest_comment") from error


def _parse(facts: dict[str, Any], comment: str, name: str) -> Manifest:
    """Read the facts, which must be those of the trusted comment, and of the set that is asked for."""
    models = {str(one["name"]): Fingerprints(str(one["model"]), str(one["card"])) for one in facts.get("models", ())}
    manifest = Manifest(int(facts["version"]), date.fromisoformat(facts["expires_on"]), models)
    if facts["name"] != name or comment != comment_of(name, manifest.version, manifest.expires_on, len(models)):
        raise ValueError("comment and manifest differ")
    return manifest


def _check_age(manifest: Manifest, trust: Trust, today: date) -> None:
    """Refuse what is too old, or was meant for another day."""
    if manifest.version < trust.oldest_version:
        raise ModelRefused(name=trust.name, problem="manifest_old")
    if manifest.expires_on < today:
        raise ModelRefused(name=trust.name, problem="manifest_expired")
