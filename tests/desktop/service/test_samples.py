"""Trial files are put together from pieces, in memory, the same way each time."""

import io
import zipfile

import pytest

from desktop.service.samples import load_samples


def load(tmp_path, row):
    text = "[[sample]]\n" + "\n".join(f"{key} = {value!r}" for key, value in row.items())
    (tmp_path / "files.toml").write_text(text, encoding="utf-8")
    return load_samples(tmp_path)[0]


def test_pieces_are_joined(tmp_path):
    sample = load(tmp_path, {"rule": "p.R", "name": "a.txt", "parts": ["ab", "c"], "twin_parts": ["x"]})
    assert (sample.rule, sample.name, sample.data, sample.twin) == ("p.R", "a.txt", b"abc", b"x")


def test_pieces_may_be_pairs_wide_or_repeated(tmp_path):
    parts = ["hex:00ff", "wide:a", "times:3:bc", "times:2:hex:01"]
    sample = load(tmp_path, {"rule": "p.R", "name": "a", "parts": parts, "twin_parts": []})
    assert sample.data == b"\x00\xffa\x00bcbcbc\x01\x01"


def test_a_text_may_be_in_two_bytes_a_letter(tmp_path):
    row = {"rule": "p.R", "name": "a", "form": "utf16", "parts": ["a", "b"], "twin_parts": ["é"]}
    sample = load(tmp_path, row)
    assert sample.data == b"\xff\xfea\x00b\x00"
    assert sample.twin == b"\xff\xfe\xe9\x00"


def test_a_part_may_lie_in_a_zip(tmp_path):
    row = {"rule": "p.R", "name": "a", "form": "zip", "member": "x/y", "twin_member": "z", "parts": ["a"]}
    sample = load(tmp_path, row | {"twin_parts": ["b"]})
    assert zipfile.ZipFile(io.BytesIO(sample.data)).read("x/y") == b"a"
    assert zipfile.ZipFile(io.BytesIO(sample.twin)).read("z") == b"b"
    assert sample == load(tmp_path, row | {"twin_parts": ["b"]})


def test_an_unknown_form_is_a_fault_of_ours(tmp_path):
    with pytest.raises(ValueError, match="tar"):
        load(tmp_path, {"rule": "p.R", "name": "a", "form": "tar", "parts": ["a"], "twin_parts": ["b"]})
