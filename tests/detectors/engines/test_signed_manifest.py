"""A manifest is believed when it is whole, signed by whom we trust, young enough and not rolled back."""

from __future__ import annotations

import base64
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from detectors.contract.errors import ModelRefused
from detectors.engines import signed_manifest
from detectors.engines.signed_manifest import MANIFEST, NAME, SIGNATURE, Trust, read_key, read_manifest, shipped_trust
from models.train.sign import Key, sign_bytes, sign_folder

ROOT = Path(__file__).parents[3]
KEY = Key.make()
TRUST = Trust({KEY.identity: KEY.public}, NAME, 2)
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.onnx").write_bytes(b"model")
    (tmp_path / "one.toml").write_bytes(b"name = 'one'\n")
    sign_folder(tmp_path, KEY, NAME, today=TODAY)
    (tmp_path / "two.onnx").write_bytes(b"another")
    (tmp_path / "two.toml").write_bytes(b"name = 'two'\n")
    sign_folder(tmp_path, KEY, NAME, today=TODAY)
    return tmp_path


def problem_of(folder: Path, trust: Trust = TRUST, today: date = TODAY) -> str:
    with pytest.raises(ModelRefused) as caught:
        read_manifest(folder, trust, today)
    return str(caught.value.values["problem"])


def change_line(path: Path, number: int, line: str) -> None:
    lines = path.read_text(encoding="ascii").splitlines()
    lines[number] = line
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def test_a_good_manifest_names_both_files_of_each_model(folder: Path):
    manifest = read_manifest(folder, TRUST, TODAY)
    assert (manifest.version, set(manifest.models)) == (2, {"one", "two"})
    assert manifest.models["one"].model == "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4"


def test_the_shipped_manifest_is_good_and_names_every_model_as_it_is():
    manifest = read_manifest(ROOT / "models", shipped_trust())
    assert manifest.models.keys() == {path.stem for path in (ROOT / "models").glob("*.onnx")}
    for name, named in manifest.models.items():
        for ending, fingerprint in (("onnx", named.model), ("toml", named.card)):
            data = (ROOT / "models" / f"{name}.{ending}").read_bytes()
            assert signed_manifest.hashlib.sha256(data).hexdigest() == fingerprint, f"{name}.{ending}: sign it again"


def test_a_changed_manifest_is_refused(folder: Path):
    manifest = folder / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"version = 2", b"version = 3"))
    assert problem_of(folder) == "manifest_changed"


def test_a_manifest_signed_by_somebody_else_is_refused(folder: Path):
    assert problem_of(folder, Trust({Key.make().identity: KEY.public})) == "manifest_key"
    assert problem_of(folder, Trust({KEY.identity: Key.make().public})) == "manifest_changed"


def test_an_older_set_is_refused(folder: Path):
    assert problem_of(folder, Trust(TRUST.keys, NAME, 3)) == "manifest_old"


def test_a_set_that_has_expired_is_refused(folder: Path):
    end = read_manifest(folder, TRUST, TODAY).expires_on
    assert end == date(2036, 11, 23)
    assert read_manifest(folder, TRUST, end).version == 2
    assert problem_of(folder, today=date(2036, 11, 24)) == "manifest_expired"


def test_a_trusted_comment_that_was_exchanged_is_refused(folder: Path):
    change_line(folder / SIGNATURE, 2, f"trusted comment: {NAME} version 9 expires 2099-01-01 models 2")
    assert problem_of(folder) == "manifest_comment"


@pytest.mark.parametrize("comment", [f"{NAME} version 9 expires 2036-11-23 models 2", "another set"])
def test_a_comment_that_says_other_things_than_the_manifest_is_refused(folder: Path, comment: str):
    (folder / SIGNATURE).write_bytes(sign_bytes((folder / MANIFEST).read_bytes(), KEY, comment))
    assert problem_of(folder) == "manifest_unreadable"


def test_a_set_for_another_purpose_is_refused_though_its_signature_is_good(folder: Path):
    assert problem_of(folder, Trust(TRUST.keys, "plainwatch-rules", 0)) == "manifest_unreadable"


@pytest.mark.parametrize("name", [MANIFEST, SIGNATURE])
def test_what_is_absent_or_huge_is_refused(folder: Path, name: str):
    (folder / name).write_bytes(b"a" * 100_000)
    assert problem_of(folder) == "manifest_too_large"
    with (folder / name).open("r+b") as stream:
        stream.truncate(2**40)
    assert problem_of(folder) == "manifest_too_large"
    (folder / name).unlink()
    assert problem_of(folder) == "manifest_missing"


def test_every_cut_of_a_signature_is_refused(folder: Path):
    whole = (folder / SIGNATURE).read_bytes()
    for length in range(len(whole) - 1):
        (folder / SIGNATURE).write_bytes(whole[:length])
        assert problem_of(folder).startswith("manifest_"), length


def test_every_cut_of_a_manifest_is_refused(folder: Path):
    whole = (folder / MANIFEST).read_bytes()
    for length in range(0, len(whole), 7):
        (folder / MANIFEST).write_bytes(whole[:length])
        assert problem_of(folder) == "manifest_changed"


def test_every_changed_sign_of_a_signature_is_refused(folder: Path):
    whole = (folder / SIGNATURE).read_bytes()
    beginning = whole.index(b"\n")  # the first line is "untrusted comment": anybody may write there
    for place in range(beginning, len(whole) - 1):
        other = b"A" if whole[place : place + 1] != b"A" else b"B"
        (folder / SIGNATURE).write_bytes(whole[:place] + other + whole[place + 1 :])
        assert problem_of(folder).startswith("manifest_"), place


def test_a_signature_of_the_old_kind_is_refused(folder: Path):
    line = (folder / SIGNATURE).read_text(encoding="ascii").splitlines()[1]
    change_line(folder / SIGNATURE, 1, base64.b64encode(b"Ed" + base64.b64decode(line)[2:]).decode())
    assert problem_of(folder) == "manifest_unreadable"


@pytest.mark.parametrize(
    "text", ["", "one line", "untrusted comment: x\nRUTz", "untrusted comment: x\n%%%%", "ä\nä", "x" * 9_999]
)
def test_a_key_of_another_form_is_refused(tmp_path: Path, text: str):
    (tmp_path / "own.pub").write_text(text, encoding="utf-8")
    with pytest.raises(ModelRefused) as caught:
        read_key(tmp_path / "own.pub")
    assert caught.value.values["problem"] == "key_unreadable"


def test_the_library_for_signatures_is_loaded_where_a_model_is_asked_and_nowhere_else():
    code = "import sys, detectors.engines.signed_manifest; print('cryptography' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
