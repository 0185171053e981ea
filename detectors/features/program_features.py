"""Turns a program's start into one row of numbers for ``program_rank``: its words, hashed, and plain numbers.

Before this on the path: a Program with its parents, and the forms of ``program_paths`` and ``program_text``. After it:
``models/program_rank.onnx`` (and its training, which uses this very file), asked by ``unusual_program`` and
``suspicious_start``. Only what psutil can give on every system is read, never version data or hashes of files.

A row has three parts: character n-grams of ``parent>child`` and of the command, whole words, numbers. Hashing is fixed
(multilinear with constants below, CRC-32 for words), so that a row is the same on every computer and in ten years.
"""

from __future__ import annotations

import math
import random
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detectors.contract.programs import Program
from detectors.features.program_kinds import kinds_of
from detectors.features.program_paths import PathClass, path_class, program_name, stem
from detectors.features.program_text import MAX_TEXT, entropy_bits, longest_run, normal_text
from detectors.features.program_tree import is_furniture, is_shell

Row = NDArray[np.float32]
Score = Callable[[Row], Row]

GRAMS = 4_096
"""Places of hashed character n-grams."""
WORDS = 1_024
"""Places of hashed whole words."""
LENGTHS = (3, 4, 5)
"""Characters of an n-gram."""
MAX_WORDS = 40
"""Words of a command that count."""
CHUNK = 256
"""Programs whose rows are in memory at once: 5 MB."""
_SEED = 20_261_123
_UNIX = np.uint64(0x9E3779B97F4A7C15)
"""Mixed into the hashes of Linux and macOS: the same letters mean something else there."""


@dataclass(frozen=True, slots=True)
class Number:
    """One plain number of a row."""

    name: str
    """Key of evidence and of ``resources/texts/program_features.toml``."""
    unit: str
    """``yes/no``, ``letters``, ``%``, ``bits`` or empty."""
    is_log: bool = False
    """It enters as ``log(1 + x)``."""


_PLACES = tuple(kind for kind in PathClass if kind is not PathClass.UNKNOWN)
_KIND_NAMES = (
    "office",
    "mail",
    "pdf",
    "browser",
    "web_server",
    "database",
    "java",
    "remote_execution",
    "remote_control",
)
"""Kinds of ``program_kinds`` that say who really stands behind a start."""

YES_NO = "yes/no"
NUMBERS = (
    Number("program_on_windows", YES_NO),
    Number("program_on_linux", YES_NO),
    Number("program_on_macos", YES_NO),
    *(Number(f"program_in_{kind.value}", YES_NO) for kind in _PLACES),
    *(Number(f"program_parent_in_{kind.value}", YES_NO) for kind in _PLACES),
    *(Number(f"program_behind_it_{kind}", YES_NO) for kind in _KIND_NAMES),
    Number("program_as_system", YES_NO),
    Number("program_other_user_than_parent", YES_NO),
    Number("program_is_shell", YES_NO),
    Number("program_parent_is_shell", YES_NO),
    Number("program_parent_is_furniture", YES_NO),
    Number("program_parent_unknown", YES_NO),
    Number("program_below_system_script", YES_NO),
    Number("program_command_unknown", YES_NO),
    Number("program_shells_above", "", is_log=True),
    Number("program_name_disorder", "bits"),
    Number("program_name_digits", "%"),
    Number("command_length", "letters", is_log=True),
    Number("command_disorder", "bits"),
    Number("command_long_run", "letters", is_log=True),
    Number("command_odd_marks", "%"),
    Number("command_capitals", "%"),
    Number("command_options", "", is_log=True),
    Number("command_has_web_address", YES_NO),
    Number("command_has_number_address", YES_NO),
    Number("command_has_network_path", YES_NO),
    Number("command_names_writable_place", YES_NO),
    Number("command_joins_commands", YES_NO),
    Number("shell_with_long_command", YES_NO),
)
NAMES = tuple(one.name for one in NUMBERS)
WIDTH = GRAMS + WORDS + len(NUMBERS)
"""Columns of a row."""
FORM = f"program-row-1-{GRAMS}-{WORDS}-{len(NUMBERS)}"
"""Names the form of a row on the model's card: another form needs another model."""

LONG_COMMAND = 600
"""A shell with a longer command is rare in ordinary use (shared measurements: 24 attack starts, 0 of 2,624 benign)."""
_WORD = re.compile(r"[^\s\"|;&<>(),=]+")
_URL = re.compile(r"(?:https?|ftp)://", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_UNC = re.compile(r"(?:^|[\s\"'=])\\\\[\w.$-]")
_WRITABLE = re.compile(
    r"\\(?:temp|tmp|downloads|users\\public|programdata|appdata)\\|%(?:temp|tmp|appdata|public)%|\$env:temp"
    r"|(?:^|[\s\"'=>])/(?:var/)?(?:tmp|dev/shm)/",
    re.IGNORECASE,
)
_JOINS = re.compile(r"&&|\|\||[|;&]")
_OPTION = re.compile(r"(?:^|\s)[-/]\w")
_SCRIPT = re.compile(r"""^\s*(?:"[^"]*"|\S+)\s+(?:[-/]{1,2}\w+\s+){0,4}["']?((?:[a-z]:\\|/)[^\s"']+)""", re.IGNORECASE)
"""The first word of a shell's command that is neither option nor the shell itself, where it is a whole path."""
_MARKS = "^`%$"
_CAPITALS = re.compile("[A-Z]")


def program_row(program: Program) -> Row:
    """Compute one program's row: float32 [WIDTH], finite."""
    row = np.zeros(WIDTH, np.float32)
    family, text = _family_of(program), normal_text(program.command)
    _mark_grams(row, f" {family.pair} ", program.system)
    _mark_grams(row, f" {text} ", program.system)
    _mark_words(row, family, text, program.system)
    row[GRAMS + WORDS :] = _numbers(program, family)
    return row


def program_rows(programs: Sequence[Program]) -> Row:
    """Compute rows: float32 [programs, WIDTH]."""
    rows = np.zeros((len(programs), WIDTH), np.float32)
    for place, program in enumerate(programs):
        rows[place] = program_row(program)
    return rows


def score_programs(score: Score, programs: Sequence[Program]) -> Row:
    """Score many starts with little memory.

    Args:
        score: ``OnnxModel.score`` of ``program_rank``.
        programs: All starts of a stretch.

    Returns:
        float32 [programs]: 0 to 1, higher looks more like labelled attacks.
    """
    parts = [score(program_rows(programs[at : at + CHUNK])) for at in range(0, len(programs), CHUNK)]
    return np.concatenate([np.zeros(0, np.float32), *parts])


def number_columns() -> NDArray[np.intp]:
    """Give the places of the plain numbers in a row, in the order of ``NUMBERS``."""
    return np.arange(GRAMS + WORDS, WIDTH)


def plain_number(number: Number, value: float) -> bool | float:
    """Turn a number of a row back into what a person can read."""
    if number.unit == YES_NO:
        return value > 0
    if number.is_log:
        return round(math.expm1(value))
    return round(100 * value) if number.unit == "%" else round(value, 1)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a row needs of a program's name and path: the same few hundred come again and again."""

    name: str
    place: PathClass
    is_shell: bool
    is_furniture: bool
    kinds: frozenset[str]
    disorder_bits: float
    digit_share: float


@lru_cache(maxsize=4_096)
def _know(path: str | None, name: str | None, system: str) -> _Known:
    one = Program(-1, system, path=path, name=name)
    called = stem(program_name(one))
    return _Known(
        name=normal_text(called) or "?",
        place=path_class(path, system),
        is_shell=is_shell(one),
        is_furniture=is_furniture(one),
        kinds=kinds_of(called),
        disorder_bits=entropy_bits(called[:64]),
        digit_share=sum(sign.isdigit() for sign in called) / max(len(called), 1),
    )


_NOBODY = _Known(
    name="?",
    place=PathClass.UNKNOWN,
    is_shell=False,
    is_furniture=False,
    kinds=frozenset(),
    disorder_bits=0.0,
    digit_share=0.0,
)


@dataclass(frozen=True, slots=True)
class _Family:
    """A program and those above it, as a row sees them."""

    one: _Known
    above: tuple[_Known, ...]
    """Parent first."""

    @property
    def parent(self) -> _Known:
        return self.above[0] if self.above else _NOBODY

    @property
    def pair(self) -> str:
        return f"{self.parent.name}>{self.one.name}"

    @property
    def behind(self) -> _Known:
        """Nearest ancestor that is more than a shell."""
        return next((one for one in self.above if not one.is_shell), _NOBODY)


def _family_of(program: Program) -> _Family:
    above = tuple(_know(one.path, one.name, one.system) for one in program.parents())
    return _Family(_know(program.path, program.name, program.system), above)


_dice = random.Random(_SEED)  # noqa: S311 - fixed constants of a hash, no secret
_FACTORS = np.array([_dice.getrandbits(64) | 1 for _ in range(sum(LENGTHS))], np.uint64)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT = np.uint64(33)
_LAST_GRAM = np.uint64(GRAMS - 1)


def _mark_grams(row: Row, text: str, system: str) -> None:
    """Add a text's n-grams; each text weighs the same however long it is."""
    places = _gram_places(text, system)
    row[places] += np.float32(max(len(places), 1) ** -0.5)


@lru_cache(maxsize=512)
def _gram_places(text: str, system: str) -> NDArray[np.int16]:
    """Hash every n-gram of a text: multilinear over its bytes, then mixed (the finaliser of MurmurHash3).

    Returns:
        Each place once; at most 8 kB, so that the memory of the cache is bounded.
    """
    data = np.frombuffer(text.encode("utf-8", "replace")[: 2 * MAX_TEXT], np.uint8).astype(np.uint64)
    parts, used = [np.zeros(0, np.uint64)], 0
    for length in LENGTHS:
        factors = _FACTORS[used : used + length]
        used += length
        count = len(data) - length + 1
        if count > 0:
            total = data[:count] * factors[0]  # wraps at 2**64, as meant
            for step in range(1, length):
                total += data[step : step + count] * factors[step]
            parts.append(total)
    mixed = np.concatenate(parts)
    if system != "windows":
        mixed ^= _UNIX
    mixed ^= mixed >> _SHIFT
    mixed *= _MIX
    mixed ^= mixed >> _SHIFT
    is_there = np.zeros(GRAMS, np.bool_)
    is_there[mixed & _LAST_GRAM] = True
    return np.flatnonzero(is_there).astype(np.int16)


def _mark_words(row: Row, family: _Family, text: str, system: str) -> None:
    """Set the places of whole words: names up the chain with back-off, and the first words of the command."""
    head = "w" if system == "windows" else "u"
    places = {GRAMS + zlib.crc32(f"{head} {word}".encode("utf-8", "replace")) % WORDS for word in _words(family, text)}
    row[list(places)] = np.float32(len(places) ** -0.5)


def _words(family: _Family, text: str) -> Iterator[str]:
    name = family.one.name
    above = family.above[1].name if len(family.above) > 1 else "?"
    yield f"self {name}"
    yield f"parent {family.parent.name}"
    yield f"pair {family.pair}"
    yield f"above {above}>{name}"
    yield f"behind {family.behind.name}>{name}"
    yield f"place {family.one.place.value} {name}"
    for word in split_words(text)[1 : MAX_WORDS + 1]:
        yield f"word {word}"


def split_words(text: str) -> list[str]:
    """Take a normal text apart at blanks, quotes and the signs that join commands."""
    return _WORD.findall(text)


def leave_out(text: str, words: Collection[str]) -> str:
    """Take some of these words out of a text; inside of longer ones they stay."""
    return _WORD.sub(lambda found: " " if found.group() in words else found.group(), text)


def _numbers(program: Program, family: _Family) -> list[float]:
    parent, one = program.parent, family.one
    return [
        *(float(program.system == name) for name in ("windows", "linux", "macos")),
        *(float(one.place is kind) for kind in _PLACES),
        *(float(family.parent.place is kind) for kind in _PLACES),
        *(float(name in family.behind.kinds) for name in _KIND_NAMES),
        float(_is_system_user(program.user)),
        float(bool(parent and parent.user and program.user and parent.user.lower() != program.user.lower())),
        float(one.is_shell),
        float(family.parent.is_shell),
        float(family.parent.is_furniture),
        float(parent is None),
        float(any(map(runs_system_script, program.parents()))),
        float(program.command is None),
        math.log1p(sum(known.is_shell for known in family.above)),
        one.disorder_bits,
        one.digit_share,
        *_command_numbers((program.command or "")[: 4 * MAX_TEXT]),
        float(one.is_shell and len(program.command or "") > LONG_COMMAND),
    ]


def _command_numbers(command: str) -> tuple[float, ...]:
    length = max(len(command), 1)
    return (
        math.log1p(len(command)),
        entropy_bits(command[:MAX_TEXT]),
        math.log1p(longest_run(command)),
        sum(map(command.count, _MARKS)) / length,
        len(_CAPITALS.findall(command)) / length,
        math.log1p(len(_OPTION.findall(command))),
        float(bool(_URL.search(command))),
        float(bool(_ADDRESS.search(command))),
        float(bool(_UNC.search(command))),
        float(bool(_WRITABLE.search(command))),
        float(bool(_JOINS.search(command))),
    )


def runs_system_script(program: Program) -> bool:
    """Tell whether a shell runs a script that only the system's owner could have put there: diagnostics, upkeep."""
    if not program.command or not is_shell(program):
        return False
    found = _SCRIPT.search(program.command[:MAX_TEXT])
    return found is not None and path_class(found.group(1), program.system) is PathClass.SYSTEM


def _is_system_user(user: str | None) -> bool:
    """Tell the system's own accounts: SYSTEM, the service accounts, a computer's account, root."""
    name = (user or "").lower().rpartition("\\")[2]
    return name in {"system", "local service", "network service", "root", "uid:0"} or name.endswith("$")


__all__ = ["FORM", "NAMES", "NUMBERS", "WIDTH", "program_row", "program_rows", "score_programs"]
