"""Signing is one command; the secret key never lies in the tree, and is never overwritten."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from detectors.engines.signed_manifest import MANIFEST, NAME, OWN_KEY, own_trust, read_key, read_manifest
from models.train import sign
from models.train.sign import Key, sign_folder, sign_own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    models = tmp_path / "models"
    models.mkdir()
    (models / "one.onnx").write_bytes(b"model")
    (models / "one.toml").write_bytes(b"name = 'one'\n")
    return models


def test_a_key_is_read_as_it_was_written_and_is_for_its_owner_alone(tmp_path: Path):
    key = Key.make()
    key.write(tmp_path / "kept" / "models.key")
    key.write_public(tmp_path / "models.pub")
    again = Key.read(tmp_path / "kept" / "models.key")
    assert (again.identity, again.public) == (key.identity, key.public)
    assert read_key(tmp_path / "models.pub") == (key.identity, key.public)
    if sys.platform != "win32":
        assert (tmp_path / "kept" / "models.key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path):
    Key.make().write(tmp_path / "models.key")
    with pytest.raises(FileExistsError):
        Key.make().write(tmp_path / "models.key")


def test_the_version_rises_when_something_changed_and_only_then(folder: Path):
    key = Key.make()
    assert sign_folder(folder, key, NAME).version == 1
    assert sign_folder(folder, key, NAME).version == 1
    (folder / "one.toml").write_bytes(b"name = 'one'\nthreshold = 1\n")
    assert sign_folder(folder, key, NAME).version == 2
    assert sign_folder(folder, Key.make(), NAME).version == 3


def test_a_damaged_manifest_does_not_keep_anybody_from_signing(folder: Path):
    (folder / MANIFEST).write_bytes(b"version = 'x'\n")
    assert sign_folder(folder, Key.make(), NAME).version == 1
    (folder / MANIFEST).write_bytes(b"\xff\x00")
    assert sign_folder(folder, Key.make(), NAME).version == 1


def test_models_trained_here_are_signed_with_a_key_made_here(folder: Path, tmp_path: Path):
    assert sign_own(folder, tmp_path / "models.key") == 1
    assert set(read_manifest(folder, own_trust(folder)).models) == {"one"}
    identity, _ = read_key(folder / OWN_KEY)
    (folder / "one.onnx").write_bytes(b"trained again")
    sign_own(folder, tmp_path / "models.key")
    assert read_manifest(folder, own_trust(folder)).version == 2
    assert read_key(folder / OWN_KEY)[0] == identity


def test_a_secret_key_in_the_tree_is_refused(monkeypatch):
    monkeypatch.setattr("sys.argv", ["sign.py", "--new-key", "--key", str(sign.MODELS / "models.key")])
    with pytest.raises(SystemExit, match="no place in the tree"):
        sign.main()
    assert not (sign.MODELS / "models.key").exists()
