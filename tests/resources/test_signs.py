"""Every sign that a detector of the network or of programs can give has words, so that nobody reads a bare key."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from detectors import (
    autostart_change,
    busy_stranger,
    mass_file_change,
    new_account_or_key,
    reverse_shell,
    suspicious_start,
)
from detectors.ad_enumeration import LISTS
from detectors.c2_channel import WEIGHTS
from detectors.credential_theft_ad import CALLS as TAKEN
from detectors.engines.sigma_engine import SigmaEngine
from detectors.exploit_attempt import NAMED_ACTS, OPENING_WORDS
from detectors.features import place_signs
from detectors.features.web_patterns import TABLE
from detectors.lateral_movement_smb_rpc import BINDS, CALLS
from detectors.suspicious_tls import SEVERITIES
from detectors.telemetry.readers.roster import TCP_READERS, UDP_READERS
from detectors.worker.registry import find_detectors

ROOT = Path(__file__).parents[2]
WORDS = tomllib.loads((ROOT / "resources" / "texts" / "signs.toml").read_text(encoding="utf-8"))
JOINED = {kind.name: kind for kind in find_detectors() if "sightings" in inspect.getsource(inspect.getmodule(kind))}
KEY = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
SIGN_FUNCTION = re.compile(r"_(?:signs?|odd)_")
PROGRAM_MODULES = (
    autostart_change,
    busy_stranger,
    mass_file_change,
    new_account_or_key,
    place_signs,
    reverse_shell,
    suspicious_start,
)
"""What spells out signs of programs in the code; all others stand in rules."""
LISTS_OF_SIGNS = {"_odd", "_helps", "_unix_signs", "_windows_signs"}
"""Functions of theirs that give nothing but signs."""
FRAMES = {"compared"}
"""Words around a sign."""
PUT_TOGETHER = re.compile(r"readable_(\w+)|bare_(\w+)_program")
"""Signs whose second half is a name of the code."""


def from_tables() -> set[str]:
    """Collect the signs that stand in tables."""
    acts = {act.sign for act in (*CALLS.values(), *BINDS.values())}
    named = {sign for sign, _ in (*NAMED_ACTS.values(), *TAKEN.values())} | {sign for sign, _, _ in OPENING_WORDS}
    return {*WEIGHTS, *SEVERITIES, *LISTS.values(), *acts, *named, *(one.sign for one in TABLE)}


def keys(node: ast.AST | None) -> Iterator[str]:
    """Find texts that look like a key below a node."""
    for one in ast.walk(node) if node is not None else ():
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and KEY.fullmatch(one.value):
            yield one.value


def chosen(value: ast.expr | None) -> list[ast.expr]:
    """List the constants that an expression can be: itself, or either side of an ``if``."""
    if isinstance(value, ast.IfExp):
        return [*chosen(value.body), *chosen(value.orelse)]
    return [value] if isinstance(value, ast.Constant) else []


def from_source(source: str) -> set[str]:
    """Collect signs that the code names: handed to a sighting, put into ``sign``, or given by a function of signs."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sighting":
            found.update(key for given in node.args[2:3] for key in keys(given))
        elif isinstance(node, ast.Assign) and any(getattr(name, "id", "") == "sign" for name in node.targets):
            found.update(key for value in chosen(node.value) for key in keys(value))
        elif isinstance(node, ast.FunctionDef) and SIGN_FUNCTION.match(node.name):
            given = [one.value for one in ast.walk(node) if isinstance(one, ast.Return | ast.Yield)]
            found.update(key for value in given for part in chosen(value) for key in keys(part))
    return found


@pytest.mark.parametrize("name", sorted(JOINED))
def test_signs_named_in_a_detector_have_words(name: str):
    source = inspect.getsource(inspect.getmodule(JOINED[name]))
    assert from_source(source) - set(WORDS) == set()


def test_the_reading_of_sources_finds_signs():
    source = inspect.getsource(inspect.getmodule(JOINED["exploit_attempt"]))
    assert {"machine_code_in_page", "library_as_pipe", "size_that_lies", "empty_logon"} <= from_source(source)


def test_signs_of_tables_have_words():
    assert len(from_tables()) > 50
    assert from_tables() - set(WORDS) == set()


def test_every_service_with_readable_sign_ins_has_words():
    source = "".join(inspect.getsource(inspect.getmodule(kind)) for kind in (*TCP_READERS, *UDP_READERS))
    named = set(re.findall(r'SigningIn\((?:self|reader), "(\w+)"\)', source))
    assert {"ftp", "telnet", "snmp"} <= named
    by_class = {kind.service for kind in TCP_READERS if kind.__module__.endswith((".databases", ".mail"))}
    assert {"mysql", "imap"} <= by_class
    always_private = {"rdp"}
    services = (named | by_class | {"http", "rsh", "rlogin", "rexec"}) - always_private
    assert {f"readable_{name}" for name in services} - set(WORDS) == set()


def of_rules() -> set[str]:
    """List the signs of all rules about starts of programs."""
    return {str(rule.facts["sign"]) for rule in SigmaEngine.from_folder(ROOT / "rules" / "processes").rules}


def named_in(source: str) -> set[str]:
    """Collect the signs of programs that code names: by their full name, added to ``signs``, or listed by a function."""
    found = set(re.findall(r'"sign_(\w+)"', source)) | set(re.findall(r'\bsigns\.append\("(\w+)"\)', source))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name in LISTS_OF_SIGNS:
            told = [one.value for one in ast.walk(node) if isinstance(one, ast.Yield)]
            told += [key for one in ast.walk(node) if isinstance(one, ast.Dict) for key in one.keys if key]
            told += [one.slice for one in ast.walk(node) if isinstance(one, ast.Subscript)]
            found.update(key for value in told for key in keys(value))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_say":
            found.update(key for given in node.args[2:3] for key in keys(given))
    return found


def of_program_code() -> set[str]:
    """List the signs that code names; the one of a single word cannot be told from other texts."""
    return {sign for module in PROGRAM_MODULES for sign in named_in(inspect.getsource(module))} | {"downloaded"}


def test_every_sign_of_a_process_rule_has_words():
    assert len(of_rules()) > 100
    assert of_rules() - set(WORDS) == set()


def test_signs_of_programs_that_the_code_names_have_words():
    named = of_program_code()
    assert {"started_by_suspect", "poses_as_kernel", "user_idle", "streams_on_socket", "shell_to_network"} <= named
    assert {"library_for_everybody", "second_superuser", "same_note_in_folders"} <= named
    assert named - set(WORDS) == set()


def test_no_sign_has_words_that_nobody_gives():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "detectors").rglob("*.py"))
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "rules").rglob("*.yar"))
    named = set(re.findall(r'"(\w+)"', code)) | set(re.findall(r'\bsign *= *"(\w+)"', rules)) | of_rules()
    given = named | {name.removeprefix("sign_") for name in named}
    halves = {sign: PUT_TOGETHER.fullmatch(sign) for sign in set(WORDS) - given - FRAMES}
    assert [sign for sign, half in halves.items() if half is None or (half[1] or half[2]) not in given] == []
