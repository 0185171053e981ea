"""Matches the start of a program against Sigma rules: reads rule files, keeps what was understood, evaluates in memory.

Before this on the path: ``features/program_fields.py``, which gives a program's fields their standard names. After it:
a detector, which groups the matches.
pySigma understands the rules (``sigma_plan``); what it found is kept as JSON between starts, so that most starts of a
worker load neither pySigma nor a YAML reader. Rules for other log sources than starting programs are named apart.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from detectors.engines import private_cache
from detectors.engines.sigma_index import SigmaIndex

CATEGORY = "process_creation"
"""The log source of rules that we evaluate."""
SYSTEMS = ("windows", "linux", "macos")
"""Products of that log source; a rule without one is for all."""
MAX_FILES = 20_000
"""Rule files in a folder."""
MAX_FILE_BYTES = 2_000_000
"""A larger rule file is refused."""
MAX_RULES = 20_000
"""Rules of one engine; the largest public collection has about 1,600 for starts of programs."""
PLAN_VERSION = "1"
"""Raised when plans change their form or meaning: kept ones are then made anew."""


@dataclass(frozen=True, slots=True)
class SigmaRule:
    """One rule."""

    id: str
    """Its UUID, or ``pack.title`` where it has none."""
    title: str
    level: str
    """``informational``, ``low``, ``medium``, ``high`` or ``critical``; ``low`` where the rule says nothing."""
    tags: tuple[str, ...]
    """As written: ``attack.t1059.001`` ..."""
    systems: tuple[str, ...]
    """Products that it is for."""
    pack: str
    """File name without ending."""
    path: str
    line: int
    """Where it begins."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What the rule says under our own key ``plainwatch``."""

    @property
    def techniques(self) -> tuple[str, ...]:
        """ATT&CK ids: ``T1059.001`` ..."""
        ids = (tag.rpartition(".t")[2] if tag.count(".") == 1 else tag.partition(".t")[2] for tag in self.tags)
        return tuple(f"T{one}" for one in ids if one[:4].isdigit())

    @property
    def label(self) -> str:
        """``pack.title``, for evidence."""
        return f"{self.pack}.{self.title}"


@dataclass(frozen=True, slots=True)
class SigmaMatch:
    """One rule that holds."""

    rule: SigmaRule
    because: dict[str, str]
    """Field -> what stands in it, for each field that a test passed on; of a list the element. Secrets are in it."""


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """Why a rule, or a whole file of rules, is not used."""

    path: str
    """The rule file."""
    line: int
    """Line of the fault or of the rule's beginning, 0 when it concerns the whole file."""
    problem: str
    """What is wrong, printable and short."""


@dataclass(slots=True)
class _Understood:
    """What a set of rule texts gave."""

    rules: list[SigmaRule] = field(default_factory=list)
    plans: list[Any] = field(default_factory=list)
    problems: list[RuleProblem] = field(default_factory=list)
    others: list[RuleProblem] = field(default_factory=list)


class SigmaEngine:
    """Rules, ready. Shared by threads: matching changes nothing but a memory of texts."""

    def __init__(self, understood: _Understood, problems: Iterable[RuleProblem] = ()) -> None:
        self.rules: tuple[SigmaRule, ...] = tuple(understood.rules)
        """Every rule that is used."""
        self.problems: tuple[RuleProblem, ...] = (*problems, *understood.problems)
        """Rules and files that are not, and why."""
        self.not_for_us: tuple[RuleProblem, ...] = tuple(understood.others)
        """Rules for other log sources."""
        self._plans = understood.plans
        self._indexes: dict[str, tuple[list[SigmaRule], SigmaIndex]] = {}

    @classmethod
    def from_folder(cls, folder: Path, cache_folder: Path | None = None) -> Self:
        """Read every ``*.yml`` and ``*.yaml`` in ``folder`` and below; a broken rule is left out and told.

        Args:
            folder: Where the rules lie.
            cache_folder: A private folder (0700) that keeps what was understood; None keeps nothing.
        """
        texts, problems = _read_texts(folder)
        if not texts and not problems:
            problems = [RuleProblem(str(folder), 0, "no rule file in this folder")]
        key = _cache_key(texts)
        understood = _load(cache_folder, key) if cache_folder else None
        if understood is None:
            understood = _understand(texts)
            if cache_folder:
                private_cache.save(cache_folder, key, _dump(understood))
        return cls(understood, problems)

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Self:
        """Read rules from texts by file name."""
        return cls(_understand(texts))

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that rules ask for; one that no record has lets its rules sleep."""
        return frozenset(name for plan in self._plans for name in _fields_of(plan) if name)

    def match(self, system: str, fields: Mapping[str, Any]) -> list[SigmaMatch]:
        """Return the rules that hold, in file order.

        Args:
            system: ``windows``, ``linux`` or ``macos``; where it is unknown, rules of all systems are asked.
            fields: Standard names; None for unknown, a tuple for several elements.
        """
        rules, index = self._index(system if system in SYSTEMS else "")
        return [SigmaMatch(rules[number], because) for number, because in index.match(fields)]

    def _index(self, system: str) -> tuple[list[SigmaRule], SigmaIndex]:
        """Return the rules of a system, made ready the first time it is asked for."""
        if system not in self._indexes:
            chosen = [number for number, rule in enumerate(self.rules) if not system or system in rule.systems]
            index = SigmaIndex([self._plans[number] for number in chosen])
            self._indexes[system] = [self.rules[number] for number in chosen], index
        return self._indexes[system]


def _read_texts(folder: Path) -> tuple[dict[str, str], list[RuleProblem]]:
    """Read rule files by path; what cannot be read becomes a problem. Links are not followed out of the folder."""
    texts: dict[str, str] = {}
    problems: list[RuleProblem] = []
    files = sorted(file for file in folder.rglob("*.y*ml") if file.suffix in (".yml", ".yaml"))
    if len(files) > MAX_FILES:
        problems.append(RuleProblem(str(folder), 0, f"only the first {MAX_FILES} rule files are read"))
    for file in files[:MAX_FILES]:
        try:
            if not file.is_file():  # also keeps us from waiting at a pipe
                raise FileNotFoundError
            with file.open("rb") as opened:
                raw = opened.read(MAX_FILE_BYTES + 1)
            if len(raw) > MAX_FILE_BYTES:
                problems.append(RuleProblem(str(file), 0, "the file is too large"))
            else:
                texts[str(file)] = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(RuleProblem(str(file), 0, "the file is not UTF-8 text"))
        except OSError:
            problems.append(RuleProblem(str(file), 0, "the file cannot be read"))
    return texts, problems


def _understand(texts: Mapping[str, str]) -> _Understood:
    """Read the rules of every text."""
    from detectors.engines.sigma_text import RuleTextRefused, read_documents  # noqa: PLC0415 - only without a cache

    all_of_them = _Understood()
    seen: dict[str, str] = {}
    for path, text in texts.items():
        try:
            documents = read_documents(text)
        except RuleTextRefused as refused:
            all_of_them.problems.append(RuleProblem(path, refused.line, refused.problem))
            continue
        if not documents:
            all_of_them.problems.append(RuleProblem(path, 0, "there is no rule in the file"))
        for line, document in documents:
            _take(document, path, line, all_of_them, seen)
    return all_of_them


def _take(document: Any, path: str, line: int, into: _Understood, seen: dict[str, str]) -> None:
    """Take one rule, or say why not."""
    from detectors.engines.sigma_plan import RuleRefused, make_plan  # noqa: PLC0415 - loads pySigma
    from detectors.engines.sigma_text import tidy  # noqa: PLC0415 - only without a cache

    problem = _problem_of(document)
    if problem:
        into.problems.append(RuleProblem(path, line, problem))
        return
    other = _other_source(document.get("logsource"))
    if other:
        into.others.append(RuleProblem(path, line, other))
        return
    try:
        parsed, plan = make_plan(document)
        rule = _describe(parsed, document, path, line)
    except RuleRefused as refused:
        into.problems.append(RuleProblem(path, line, tidy(str(refused))))
        return
    if rule.id in seen:
        into.problems.append(RuleProblem(path, line, f"its id is that of a rule in {Path(seen[rule.id]).name}"))
        return
    if len(into.rules) >= MAX_RULES:
        into.problems.append(RuleProblem(path, line, f"only the first {MAX_RULES} rules are used"))
        return
    seen[rule.id] = path
    into.rules.append(rule)
    into.plans.append(plan)


def _problem_of(document: Any) -> str | None:
    """Name what is no single rule."""
    if not isinstance(document, dict):
        return "this is no rule"
    if "correlation" in document:
        return "correlation rules are not supported"
    if "filter" in document:
        return "filters are not supported"
    if "action" in document:
        return "collections with an action are not supported"
    return None


def _other_source(source: Any) -> str | None:
    """Name the log source of a rule that is not for starts of programs; None for ours and for none at all."""
    if not isinstance(source, dict) or (source.get("category") == CATEGORY and _is_ours(source)):
        return None
    named = [str(source[key])[:40] for key in ("category", "product", "service") if source.get(key)]
    return "for another log source: " + " ".join("".join(filter(str.isprintable, one)) for one in named)


def _is_ours(source: Mapping[str, Any]) -> bool:
    """Tell whether we can say of every start whether it belongs to the source."""
    return source.get("product") in (None, *SYSTEMS) and not source.get("service")


def _describe(parsed: Any, document: Mapping[str, Any], path: str, line: int) -> SigmaRule:
    """Take over what a detector wants to know of a rule."""
    pack = Path(path).stem
    product = parsed.logsource.product
    facts = document.get("plainwatch")
    return SigmaRule(
        id=str(parsed.id) if parsed.id else f"{pack}.{parsed.title}",
        title=parsed.title,
        level=parsed.level.name.lower() if parsed.level else "low",
        tags=tuple(str(tag) for tag in parsed.tags),
        systems=(product,) if product else SYSTEMS,
        pack=pack,
        path=path,
        line=line,
        facts=_facts_of(facts) if isinstance(facts, dict) else {},
    )


def _facts_of(facts: Mapping[Any, Any]) -> dict[str, Any]:
    """Take over what JSON can keep, and what is no list or map: words of ours are single ones."""
    return {
        str(key): value if isinstance(value, str | int | float | None) else str(value) for key, value in facts.items()
    }


def _fields_of(plan: Any) -> Iterable[str]:
    """Yield the names of the fields that a plan asks for."""
    kind = plan[0]
    if kind in ("and", "or"):
        for part in plan[1]:
            yield from _fields_of(part)
    elif kind == "not":
        yield from _fields_of(plan[1])
    else:
        yield from (plan[1], plan[2]) if kind == "ref" else (plan[1],)


def _cache_key(texts: Mapping[str, str]) -> str:
    """Name what was understood by all that goes into it; each part is preceded by its length."""
    digest = hashlib.sha256()
    versions = [importlib.metadata.version(name) for name in ("pySigma", "PyYAML", "google-re2")]
    for part in [PLAN_VERSION, *versions, *(part for pair in texts.items() for part in pair)]:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest() + ".sigma"


def _dump(understood: _Understood) -> bytes:
    """Write what was understood as JSON."""
    rules = [{name: getattr(rule, name) for name in SigmaRule.__slots__} for rule in understood.rules]
    problems, others = (
        [[one.path, one.line, one.problem] for one in ones] for ones in (understood.problems, understood.others)
    )
    return json.dumps({"rules": rules, "plans": understood.plans, "problems": problems, "others": others}).encode()


def _load(folder: Path, key: str) -> _Understood | None:
    """Load what was kept, or None when there is nothing that we trust."""
    body = private_cache.load(folder, key)
    if body is None:
        return None
    kept = json.loads(body)
    rules = [
        SigmaRule(**{**rule, "tags": tuple(rule["tags"]), "systems": tuple(rule["systems"])}) for rule in kept["rules"]
    ]
    problems, others = ([RuleProblem(*one) for one in kept[name]] for name in ("problems", "others"))
    return _Understood(rules, kept["plans"], problems, others)
