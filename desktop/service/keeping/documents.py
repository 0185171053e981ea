"""Findings and skipped lines as ASCII JSON documents, which carry every file name exactly.

Before this on the path: a Finding. After it: a text column. SQLite stores UTF-8 and refuses lone surrogates (bytes of
file names that are not UTF-8), so documents are ASCII JSON and key columns are escaped.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from detectors.contract.errors import StoreDamaged

T = TypeVar("T")


def document_of(value: Any) -> str:
    """Write a dataclass, dict or list as ASCII JSON."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, separators=(",", ":"))


def read_document(document: str, kind: type[T]) -> T:
    """Read what ``document_of`` wrote and check it against its type.

    Raises:
        ValueError: it is not such a document (``msgspec.ValidationError`` is one).
    """
    return msgspec.convert(json.loads(document), kind)


def read_kept(document: str, kind: type[T], path: Path | None) -> T:
    """Read a document out of the database.

    Raises:
        StoreDamaged: somebody or something has changed it.
    """
    try:
        return read_document(document, kind)
    except ValueError as error:
        raise StoreDamaged(path=str(path)) from error


def column_text(untrusted_text: str) -> str:
    r"""Make text fit for a key column: lone surrogates become ``\udcXX``, backslashes are doubled to stay exact."""
    return untrusted_text.replace("\\", "\\\\").encode("utf-8", "backslashreplace").decode("utf-8")


def exact_text(text: str) -> str:
    r"""Read what ``column_text`` wrote: ``\udcXX`` becomes a lone surrogate again, a doubled backslash a single one."""
    return text.encode("ascii", "backslashreplace").decode("unicode_escape") if "\\" in text else text


def time_text(moment: datetime) -> str:
    """Write an aware time so that text order is time order."""
    return moment.isoformat(timespec="microseconds")


def read_time(text: str) -> datetime:
    """Read what ``time_text`` wrote."""
    return datetime.fromisoformat(text)
