"""Signs the models: after anything in ``models/`` has changed, one command, and the program loads them again.

    python models/train/sign.py --key FILE            sign models/ (manifest.toml and its signature)
    python models/train/sign.py --key FILE --new-key  make a key first; its public half goes to resources/keys/

Before this on the path: models and cards. After it: ``detectors/engines/signed_manifest.py``, which checks. Keys and
signatures have the form of minisign, the secret one without a password (as ``minisign -W`` makes it): keep it outside
of the tree, where only you can read it. Rotation stands in docs/models.md.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import secrets
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from detectors.contract.errors import ModelRefused
from detectors.engines.signed_manifest import (
    KEYS,
    MANIFEST,
    NAME,
    OWN_KEY,
    OWN_NAME,
    SIGNATURE,
    Manifest,
    Trust,
    comment_of,
    read_manifest,
)

MODELS = Path(__file__).resolve().parents[1]
GOOD_FOR_YEARS = 10
"""Models do not spoil; the end is there so that a forgotten set does not count for ever."""
_SECRET_HEAD = b"Ed\0\0B2" + bytes(48)
"""Ed25519, no password, BLAKE2b; salt and limits of the password that is not there."""


@dataclass(frozen=True, slots=True)
class Key:
    """A pair of keys."""

    identity: bytes
    """8 bytes: which key it is."""
    secret: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The public half, 32 bytes."""
        return self.secret.public_key().public_bytes_raw()

    @classmethod
    def make(cls) -> Key:
        """Make a new one."""
        return cls(secrets.token_bytes(8), Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, path: Path) -> Key:
        """Read a secret key without password.

        Raises:
            SystemExit: it has another form.
        """
        data = base64.b64decode(path.read_text(encoding="ascii").splitlines()[1])
        parts = data[len(_SECRET_HEAD) :]
        if data[:6] != _SECRET_HEAD[:6] or len(parts) != 8 + 64 + 32:
            raise SystemExit(f"{path.name}: no secret key of minisign without password")
        return cls(parts[:8], Ed25519PrivateKey.from_private_bytes(parts[8:40]))

    def write(self, path: Path) -> None:
        """Write the secret half, for its owner alone; a key that is there is never overwritten."""
        pair = self.secret.private_bytes_raw() + self.public
        check = hashlib.blake2b(b"Ed" + self.identity + pair, digest_size=32).digest()
        line = base64.b64encode(_SECRET_HEAD + self.identity + pair + check).decode()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(f"untrusted comment: secret key {self.name}\n{line}\n")

    def write_public(self, path: Path) -> None:
        """Write the public half."""
        line = base64.b64encode(b"Ed" + self.identity + self.public).decode()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"untrusted comment: public key {self.name}\n{line}\n", encoding="ascii")

    @property
    def name(self) -> str:
        """Its identity as people write it."""
        return self.identity[::-1].hex().upper()


def sign_own(folder: Path, key_path: Path) -> int:
    """Sign models that were trained on this computer, with a key made here; returns their number.

    Args:
        folder: Where they lie; the public half of the key is written beside them.
        key_path: The secret half, outside of ``folder``; made the first time.
    """
    if not key_path.exists():
        Key.make().write(key_path)
    key = Key.read(key_path)
    key.write_public(folder / OWN_KEY)
    return len(sign_folder(folder, key, OWN_NAME).models)


def sign_folder(
    folder: Path, key: Key, name: str, *, expires_on: date | None = None, today: date | None = None
) -> Manifest:
    """Write manifest and signature of all models in a folder, one version higher where anything has changed.

    Returns:
        What was signed, as a reader finds it.
    """
    day = today or datetime.now(UTC).date()
    trust = Trust({key.identity: key.public}, name, 0)
    models = [
        {"name": path.stem, "model": _fingerprint(path), "card": _fingerprint(path.with_suffix(".toml"))}
        for path in sorted(folder.glob("*.onnx"))
    ]
    before = _last(folder)
    if before.get("models") == models and expires_on is None and _is_good(folder, trust):
        return read_manifest(folder, trust, day)
    end = expires_on or day.replace(year=day.year + GOOD_FOR_YEARS, day=min(day.day, 28))
    last = before.get("version")
    version = last + 1 if isinstance(last, int) else 1
    head = {"name": name, "version": version, "made_on": day.isoformat(), "expires_on": end.isoformat()}
    data = "\n".join([_lines("", head), *(_lines("[[models]]", one) for one in models)]).encode("utf-8")
    _write(folder / MANIFEST, data)
    _write(folder / SIGNATURE, sign_bytes(data, key, comment_of(name, version, end, len(models))))
    return read_manifest(folder, trust, min(day, end))


def sign_bytes(data: bytes, key: Key, comment: str) -> bytes:
    """Make a signature in the form of minisign, prehashed."""
    of_file = key.secret.sign(hashlib.blake2b(data).digest())
    of_comment = key.secret.sign(of_file + comment.encode("ascii"))
    line, last = (base64.b64encode(one).decode() for one in (b"ED" + key.identity + of_file, of_comment))
    head = f"untrusted comment: signature of the learned models by {key.name}"
    return f"{head}\n{line}\ntrusted comment: {comment}\n{last}\n".encode("ascii")


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _last(folder: Path) -> dict[str, object]:
    """Read the manifest of last time, for its version; none, or one that is no manifest, counts as none."""
    try:
        return tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _is_good(folder: Path, trust: Trust) -> bool:
    try:
        read_manifest(folder, trust)
    except ModelRefused:
        return False
    return True


def _lines(head: str, values: dict[str, object]) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    return "\n".join([head, *lines] if head else lines) + "\n"


def _write(path: Path, data: bytes) -> None:
    """Put a file in its place whole."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    beside.replace(path)


def main() -> None:
    """Make a key when asked, then sign."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--key", type=Path, required=True, help="secret key, outside of the tree")
    options.add_argument("--new-key", action="store_true", help="make it first")
    chosen = options.parse_args()
    if chosen.key.resolve().is_relative_to(MODELS.parent):
        raise SystemExit("a secret key has no place in the tree")
    if chosen.new_key:
        key = Key.make()
        key.write(chosen.key)
        key.write_public(KEYS / f"models-{key.name}.pub")
    signed = sign_folder(MODELS, Key.read(chosen.key), NAME)
    print(f"version {signed.version}, good until {signed.expires_on}: {', '.join(signed.models)}")


if __name__ == "__main__":
    main()
