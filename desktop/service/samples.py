"""Makes the harmless trial files that show whether each file rule still fires, and their twins that must stay quiet.

Before this on the path: ``resources/selftest/files.toml``, which holds every file in pieces so that nothing in the
tree looks dangerous. After it: the self-test and the tests of the rules. Nothing is written to the disk.
"""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE_NAME = "files.toml"
"""Where the pieces lie inside the folder given to ``load_samples``."""

_ZIP_TIME = (2026, 11, 23, 0, 0, 0)
"""A fixed time, so that the same pieces always make the same bytes."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One trial file for one rule, beside its harmless twin."""

    rule: str
    """``pack.RuleName``."""
    name: str
    """A file name that fits its kind."""
    data: bytes
    """What the rule must match; inert."""
    twin: bytes
    """What the rule must leave alone although it looks alike."""


def load_samples(folder: Path) -> list[Sample]:
    """Put all trial files together from the pieces in ``folder``.

    Raises:
        KeyError, ValueError: the data file is not as it should be; it ships with the program.
    """
    with (folder / FILE_NAME).open("rb") as stream:
        rows = tomllib.load(stream)["sample"]
    return [_make_sample(row) for row in rows]


def piece_texts(row: dict[str, Any]) -> list[str]:
    """List the pieces of one row as they stand in the file, for the test that none of them is a sample by itself."""
    return [*row["parts"], *row["twin_parts"]]


def _make_sample(row: dict[str, Any]) -> Sample:
    form, member = row.get("form", "text"), row.get("member", "part")
    return Sample(
        rule=row["rule"],
        name=row["name"],
        data=_shape(row["parts"], form, member),
        twin=_shape(row["twin_parts"], form, row.get("twin_member", member)),
    )


def _shape(parts: Sequence[str], form: str, member: str) -> bytes:
    joined = b"".join(_bytes_of(part) for part in parts)
    if form == "text":
        return joined
    if form == "utf16":
        return b"\xff\xfe" + joined.decode("utf-8").encode("utf-16-le")
    if form == "zip":
        return _zip_with(member, joined)
    raise ValueError(form)


def _bytes_of(part: str) -> bytes:
    """Turn one piece into bytes: ``hex:`` pairs, ``wide:`` two bytes a letter, ``times:N:`` repeated, else UTF-8."""
    kind, _, rest = part.partition(":")
    if kind == "hex":
        return bytes.fromhex(rest)
    if kind == "wide":
        return rest.encode("utf-16-le")
    if kind == "times":
        count, _, piece = rest.partition(":")
        return _bytes_of(piece) * int(count)
    return part.encode("utf-8")


def _zip_with(member: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member, _ZIP_TIME), content)
    return stream.getvalue()
