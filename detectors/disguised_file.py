"""Finds files that show themselves as something they are not: by a wrong ending, or by a name made to be misread.

Before this on the path: the name and the first bytes of a file or an archive member. After it: the worker's wire.
It speaks only when a *program* poses as something people open without a thought. Mixed-up pictures, web pages saved as
letters and the like are ordinary life.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.records import FileRecord
from detectors.features.file_kind import kind_of


def _words(line: str) -> frozenset[str]:
    """Split a line of words."""
    return frozenset(line.split())


_OFFICE = _words("doc docx docm dot dotx xls xlsx xlsm xlsb ppt pptx pps ppsx rtf odt ods odp pdf epub")
_PICTURES = _words("jpg jpeg jpe jfif png gif bmp tif tiff webp heic heif avif psd")
_MEDIA = _words("mp3 wav flac ogg oga m4a aac wma mp4 m4v mkv avi mov wmv webm mpg mpeg 3gp flv")
_PLAIN = _words("txt csv log htm html eml")
_SHOWN_AS_HARMLESS = _OFFICE | _PICTURES | _MEDIA | _PLAIN

_STARTS = _words("exe scr com pif bat cmd cpl msi vbs vbe js jse wsf wsh hta ps1 jar apk desktop")
"""Endings that systems start on a double click. Shortcuts (lnk, url) are not among them: systems themselves keep
shortcuts called ``Letter.pdf.lnk`` to the documents opened last."""
_DEVELOPERS_ENDINGS = frozenset({"js", "jar"})
"""Build tools write ``logo.svg.js`` and ``notes.html.js``; posing as an office file stays a sign."""

_PROGRAM_KINDS = frozenset({"pe", "dos_program", "elf", "macho", "java_class", "dex", "shortcut", "hta", "chm"})
_SCRIPT_KINDS = frozenset({"php", "server_page", "shell_script", "batch", "desktop_entry"})
_PICTURE_KINDS = frozenset({"gif", "jpeg", "png", "bmp", "webp", "ico"})
_SERVER_CODE = re.compile(
    rb"<\?php\s|<script\s+language\s*=\s*[\"']?php\b|<%@\s*page\s|<%\s*(?:eval|execute)(?:global)?\s*[( ]",
    re.IGNORECASE,
)

_OVERRIDE_MARKS = re.compile("[\u202d\u202e]")
"""Turn the direction of writing by force; no name needs them (https://trojansource.codes, ATT&CK T1036.002)."""
_OTHER_MARKS = re.compile("[\u202a\u202b\u2066-\u2069\u200e\u200f\u061c]")
"""Ordinary in Arabic and Hebrew names; a sign only before the ending of a program."""
_BLANKS = " \t\r\n\u00a0\u00ad\u115f\u1160\u2800\u3000\u3164\ufeff\uffa0" + "".join(map(chr, range(0x2000, 0x2010)))
"""Signs that are drawn as nothing, or as a gap."""
_MANY_BLANKS = 3
"""No slip of the thumb any more."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A file name taken apart."""

    whole: str
    """The base name."""
    ending: str
    """Last ending, lower case, without dot and blanks."""
    before: str
    """The ending before it, likewise; empty when there is none."""

    @classmethod
    def of(cls, base_name: str) -> _Name:
        """Take a base name apart. The first part of a name is no ending: ``pdf.js`` has one, ``a.pdf.js`` two."""
        parts = [part.strip(_BLANKS).lower() for part in base_name.split(".")]
        ending = parts[-1] if len(parts) > 1 else ""
        return cls(base_name, ending, parts[-2] if len(parts) > 2 else "")  # noqa: PLR2004 - name and two endings

    @property
    def starts(self) -> bool:
        """True when a double click would start it."""
        return self.ending in _STARTS


class DisguisedFile(Detector):
    """Compares what a file shows with what it is."""

    name: ClassVar[str] = "disguised_file"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = FileRecord
    reasons: ClassVar[tuple[str, ...]] = ("disguised_file",)

    def detect(self, record: FileRecord) -> Iterator[Finding]:
        """Look for five signs; any one of them is enough."""
        name, kind = _Name.of(record.base_name), kind_of(record.data)
        signs = {
            "type_differs": _type_differs(name, kind),
            "double_ending": _has_double_ending(name),
            "direction_mark": _has_direction_mark(name),
            "blanks_before_ending": _has_blanks_before_ending(name),
            "code_in_picture": _hides_server_code(record.data, kind),
        }
        if not any(signs.values()):
            return
        now = datetime.now(UTC)
        yield Finding(
            detector=self.name,
            reason="disguised_file",
            subject=Subject.file(record.name),
            severity=_weigh(signs, name, kind),
            confidence=0.9,
            evidence=(
                *(Evidence(f"sign_{sign}", observed=True, usual=False) for sign, seen in signs.items() if seen),
                *(Evidence(f"sign_{sign}", observed=False, usual=False) for sign, seen in signs.items() if not seen),
                Evidence("shown_ending", _shown_ending(signs, name)),
                Evidence("true_kind", kind),
                Evidence("size_bytes", record.size_bytes, None, "bytes"),
                *([Evidence("sha256", hashlib.sha256(record.data).hexdigest())] if record.is_whole else []),
            ),
            first_seen_at=now,
            last_seen_at=now,
            judged_by=self.judged_by,
            found_by=FoundBy.RULE,
            source=record.source,
            techniques=_techniques_of(signs),
        )


def _type_differs(name: _Name, kind: str) -> bool:
    """Tell whether a program bears the ending of a document, picture, sound or film; scripts may be plain texts."""
    if kind in _PROGRAM_KINDS:
        return name.ending in _SHOWN_AS_HARMLESS and not (kind == "hta" and name.ending in {"htm", "html", "txt"})
    return kind in _SCRIPT_KINDS and name.ending in _SHOWN_AS_HARMLESS - _PLAIN


def _has_double_ending(name: _Name) -> bool:
    """Tell whether a harmless-looking ending stands before one that starts a program."""
    poses_as = _OFFICE | _PICTURES if name.ending in _DEVELOPERS_ENDINGS else _SHOWN_AS_HARMLESS
    return name.starts and name.before in poses_as


def _has_direction_mark(name: _Name) -> bool:
    """Tell whether the name is drawn in another order than it is written."""
    if _OVERRIDE_MARKS.search(name.whole):
        return True
    bare = _OTHER_MARKS.sub("", name.ending)
    return bare in _STARTS and bool(_OTHER_MARKS.search(name.whole))


def _has_blanks_before_ending(name: _Name) -> bool:
    """Tell whether blanks push the ending of a program out of sight."""
    shown, _, ending = name.whole.rpartition(".")
    blanks = len(shown) - len(shown.rstrip(_BLANKS)) + len(ending) - len(ending.lstrip(_BLANKS))
    return name.starts and blanks >= _MANY_BLANKS


def _hides_server_code(data: bytes, kind: str) -> bool:
    """Tell whether a picture also holds code that a web server would run."""
    return kind in _PICTURE_KINDS and bool(_SERVER_CODE.search(data))


def _weigh(signs: dict[str, bool], name: _Name, kind: str) -> Severity:
    """High when a double click starts a program; medium for scripts that need another program, and for odd names."""
    if signs["double_ending"] or signs["blanks_before_ending"] or signs["code_in_picture"]:
        return Severity.HIGH
    if signs["type_differs"]:
        return Severity.HIGH if kind in _PROGRAM_KINDS else Severity.MEDIUM
    is_program = _OTHER_MARKS.sub("", name.ending) in _STARTS or kind in _PROGRAM_KINDS
    return Severity.HIGH if is_program else Severity.MEDIUM


def _shown_ending(signs: dict[str, bool], name: _Name) -> str:
    """Name the ending that people are meant to believe."""
    return name.before if signs["double_ending"] else name.ending


def _techniques_of(signs: dict[str, bool]) -> tuple[str, ...]:
    """Name the ATT&CK techniques of the signs that were seen."""
    technique = {
        "double_ending": "T1036.007",
        "blanks_before_ending": "T1036.007",
        "direction_mark": "T1036.002",
        "type_differs": "T1036.008",
        "code_in_picture": "T1036.008",
    }
    return tuple(dict.fromkeys(technique[sign] for sign, seen in signs.items() if seen))
