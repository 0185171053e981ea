"""Matches bytes against YARA rules: compiles packs from source, keeps them compiled, and runs them with a time limit.

Before this on the path: a detector with the bytes of one file. After it: the same detector, which groups the matches.
A pack is one ``.yar`` file; its name without ending is the pack's name and the rules' namespace.
Every rule may ask for ``filename``, ``extension`` (lower case, without dot) and ``depth`` (0 on disk, 1 in an archive).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yara

from detectors.contract.errors import CheckUnfinished, SkipReason
from detectors.contract.finding import Scalar
from detectors.engines import private_cache

EXTERNALS: Mapping[str, str | int] = {"filename": "", "extension": "", "depth": 0}
"""What rules may ask about the file, with the values used when it is not known."""

MAX_PACK_BYTES = 20_000_000
"""A larger rule file is refused."""


@dataclass(frozen=True, slots=True)
class Match:
    """One rule that matched."""

    pack: str
    """File name of the pack without ending."""
    rule: str
    """Rule name."""
    meta: dict[str, Scalar]
    """Its metadata."""
    first_offset: int | None
    """Where its first string was seen; None for a rule without strings."""


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """One rule of a pack."""

    pack: str
    """File name of the pack without ending."""
    name: str
    """Rule name."""
    meta: dict[str, Scalar]
    """Its metadata."""


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """Why a pack cannot be used."""

    path: str
    """The rule file."""
    line: int
    """Line of the fault, 0 when it concerns the whole file."""
    problem: str
    """What is wrong, in the compiler's words, without text of the file beyond single names."""


@dataclass(frozen=True, slots=True)
class CheckedRules:
    """What compiling a file or folder gave."""

    rules: tuple[RuleFacts, ...]
    """Every rule that compiled, private ones left out."""
    problems: tuple[RuleProblem, ...]
    """One for each file that did not."""


class YaraEngine:
    """Compiled packs, shared by threads: matching changes nothing, and the library lets other threads run meanwhile."""

    def __init__(self, rules: Any, metas: tuple[dict[str, Scalar], ...], problems: tuple[RuleProblem, ...]) -> None:
        self._rules = rules
        self.metas = metas
        """Metadata of every public rule, in the packs' order."""
        self.problems = problems
        """The packs that were left out, and why."""

    @classmethod
    def from_folder(cls, folder: Path, cache_folder: Path | None = None) -> Self:
        """Compile every ``*.yar`` in ``folder``; a broken pack is left out and told, the others work.

        Args:
            folder: Where the packs lie.
            cache_folder: A private folder (0700) that keeps the compiled rules; None keeps nothing.
        """
        sources, problems = _read_packs(sorted(folder.glob("*.yar")))
        if not sources and not problems:
            problems = (RuleProblem(str(folder), 0, "no rule file in this folder"),)
        key = _cache_key(sources)
        rules = _load_compiled(cache_folder, key) if cache_folder else None
        if rules is None:
            checked = [_check_pack(pack, path, text) for pack, (path, text) in sources.items()]
            broken = tuple(result for result in checked if isinstance(result, RuleProblem))
            problems += broken
            bad_paths = {problem.path for problem in broken}
            rules = _compile({pack: text for pack, (path, text) in sources.items() if path not in bad_paths})
            if cache_folder and not broken:
                _save_compiled(rules, cache_folder, key)
        return cls(rules, tuple(dict(rule.meta) for rule in rules if not rule.is_private), problems)

    def match(self, data: bytes, timeout_s: int, externals: Mapping[str, str | int] | None = None) -> list[Match]:
        """Return every rule that matches, in the packs' order.

        Args:
            data: The bytes to look at.
            timeout_s: Whole seconds, at least 1.
            externals: Values for names of ``EXTERNALS``, see ``describe_file``.

        The library looks at its clock between blocks of work, so that one slow expression may overstay the limit:
        the parent process has a clock of its own.

        Raises:
            CheckUnfinished: The time limit was reached, or the library gave up; nothing is known of the file then.
        """
        try:
            found = self._rules.match(
                data=data,
                timeout=max(1, timeout_s),
                externals=dict(externals) if externals else {},
                fast=True,  # stop counting once a condition is settled; results are the same
                warnings_callback=_go_on,
            )
        except yara.TimeoutError:
            raise CheckUnfinished(SkipReason.TIME_LIMIT, limit_s=max(1, timeout_s)) from None
        except yara.Error:
            raise CheckUnfinished(SkipReason.ENGINE_STOPPED, engine="yara") from None
        return [Match(one.namespace, one.rule, dict(one.meta), _first_offset(one.strings)) for one in found]


def describe_file(base_name: str, depth: int) -> dict[str, str | int]:
    """Prepare a stranger's file name for rules: the library takes neither broken UTF-8 nor zero bytes."""
    name = base_name.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()
    stem, dot, extension = name.rpartition(".")
    return {"filename": name, "extension": extension.lower() if stem and dot else "", "depth": depth}


def check_rules(path: str) -> CheckedRules:
    """Compile a ``.yar`` file, or all of a folder, each on its own, and tell what is in them."""
    place = Path(path)
    files = sorted([*place.glob("*.yar"), *place.glob("*.yara")]) if place.is_dir() else [place]
    sources, problems = _read_packs(files)
    if not files:
        problems = (RuleProblem(path, 0, "no rule file in this folder"),)
    rules: list[RuleFacts] = []
    for pack, (source_path, text) in sources.items():
        result = _check_pack(pack, source_path, text)
        if isinstance(result, RuleProblem):
            problems += (result,)
        else:
            rules += result
    return CheckedRules(tuple(rules), problems)


def _read_packs(files: Iterable[Path]) -> tuple[dict[str, tuple[str, str]], tuple[RuleProblem, ...]]:
    """Read rule files into pack -> (path, text); what cannot be read becomes a problem."""
    sources: dict[str, tuple[str, str]] = {}
    problems: list[RuleProblem] = []
    for file in files:
        try:
            if not file.is_file():  # also keeps us from waiting at a pipe
                raise FileNotFoundError
            with file.open("rb") as opened:
                raw = opened.read(MAX_PACK_BYTES + 1)
            if len(raw) > MAX_PACK_BYTES:
                problems.append(RuleProblem(str(file), 0, "the file is too large"))
            elif b"\0" in raw:
                problems.append(RuleProblem(str(file), 0, "the file is not a text"))
            else:
                sources[file.stem] = (str(file), raw.decode("utf-8"))
        except UnicodeDecodeError:
            problems.append(RuleProblem(str(file), 0, "the file is not UTF-8 text"))
        except OSError:
            problems.append(RuleProblem(str(file), 0, "the file cannot be read"))
    return sources, tuple(problems)


def _compile(sources: dict[str, str]) -> Any:
    """Compile packs under their names; ``includes=False`` always, or a rule could read any file into an error."""
    return yara.compile(sources=sources, externals=dict(EXTERNALS), includes=False)


def _check_pack(pack: str, path: str, text: str) -> list[RuleFacts] | RuleProblem:
    """Compile one pack alone. No rule at all is a fault: an unclosed comment swallows all and is no syntax error."""
    try:
        rules = _compile({pack: text})
    except yara.Error as error:
        return _describe_problem(path, str(error))
    everything = list(rules)
    if not everything:
        return RuleProblem(path, 0, "there is no rule in the file (is a comment left open?)")
    return [RuleFacts(pack, rule.identifier, dict(rule.meta)) for rule in everything if not rule.is_private]


_PLACE = re.compile(r"^(?:[^\n]{0,300}?\(|line )(\d+)\)?: (.*)$", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_SINGLE_NAME = re.compile(r"[\w$#@!*.]{1,64}")


def _describe_problem(path: str, message: str) -> RuleProblem:
    """Split the compiler's message into line and problem, and take out quoted text that is more than one name."""
    place = _PLACE.match(message)
    line, problem = (int(place[1]), place[2]) if place else (0, message)
    clean = _QUOTED.sub(lambda quoted: quoted[0] if _SINGLE_NAME.fullmatch(quoted[1]) else '"..."', problem)
    printable = "".join(sign if sign.isprintable() else " " for sign in clean)
    return RuleProblem(path, line, printable[:200])


def _cache_key(sources: dict[str, tuple[str, str]]) -> str:
    """Name compiled rules by all that goes into them; each part is preceded by its length, so none can pose as two."""
    digest = hashlib.sha256()
    parts = [yara.YARA_VERSION, yara.__version__, ",".join(EXTERNALS)]
    for pack, (_, text) in sources.items():
        parts += [pack, text]
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest() + ".yarc"


def _load_compiled(folder: Path, key: str) -> Any:
    """Load kept rules, or None when there are none that we trust."""
    body = private_cache.load(folder, key)
    try:
        return yara.load(file=io.BytesIO(body)) if body else None
    except yara.Error:
        return None


def _save_compiled(rules: Any, folder: Path, key: str) -> None:
    """Keep compiled rules for the next start."""
    buffer = io.BytesIO()
    rules.save(file=buffer)
    private_cache.save(folder, key, buffer.getvalue())


def _first_offset(strings: Iterable[Any]) -> int | None:
    """Return the lowest place where any string of the rule was seen."""
    return min((place.offset for string in strings for place in string.instances), default=None)


def _go_on(_kind: int, _message: object) -> int:
    """Let the library continue after "too many matches": the string has matched, which is all that rules ask."""
    return int(yara.CALLBACK_CONTINUE)
