"""Computes what standard fields lack: the plain command, what is hidden in it, where things lie, who stands behind.

Before this on the path: Programs. After it: ``program_fields.sigma_fields`` merges these; rules/processes and detectors
read them. Names as Sigma writes them. A field that cannot be known is left out: a rule must not read silence as "no".

| field | what it holds |
|---|---|
| Name, ParentName | bare name, lower case, without ending |
| Kind, ParentKind, BehindKind | kinds of the program, its parent, its nearest ancestor that is no shell (lists) |
| BehindName, AncestorNames | name of that ancestor; names of all known ancestors (list) |
| PlainCommand, PlainParentCommand | ``command_words.plain_command`` |
| DecodedCommand | what was hidden in code, plain |
| WholeText | both; left out for editors, browsers and searchers, which carry anybody's text |
| NakedCommand | the line begins with an option, without the program |
| PathClass, ParentPathClass, ArgumentPlaces | ``PathClass`` of program, parent, and what it names (list) |
| FalseName, Renamed | ``false_names`` (list); original name tells another story (not from a poll) |
| CommandLength, LongestRun, ScrambleCount | letters; longest base64-like run; marks that hide words |
| EncodedOption, HiddenWindow, PolicyBypass | PowerShell options, in any abbreviation |
| HasUrl, HasAddressUrl, HasRemoteShare | an address; one by number; a folder on another computer |
| NamesParent | the command names the file of its parent, unless that is a part of the system |
| RegistersItself | it names something in the own folder of the installed program that stands behind it |
| UserKind | ``system``, ``service`` or ``person`` |
| CallsOut | it opened a connection to the internet |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from detectors.contract.programs import Program
from detectors.features.command_decoding import decode_layers, longest_run
from detectors.features.command_words import cut_command, plain_command, plain_text, split_program
from detectors.features.false_names import false_names, is_renamed
from detectors.features.inside import is_outside
from detectors.features.program_kinds import kinds_of
from detectors.features.program_paths import PathClass, normal_path, path_class, program_name, stem
from detectors.features.program_tree import nearest_non_shell

MAX_ARGUMENTS = 200
"""Words of a command line whose places are looked up."""
MAX_ANCESTORS = 16

_URL = re.compile(r"(?:https?|ftps?)\s?:\s?/{1,2}\s?[^\s/]{3}|\bwww\.[a-z0-9-]{1,63}\.[a-z]{2}")
_ADDRESS_URL = re.compile(
    r"(?:https?|ftps?)\s?:\s?//\s?(?:[^\s/@]{1,60}@)?(?:\d{1,3}(?:\.\d{1,3}){3}|0x[0-9a-f]{6,8}|\d{8,10})(?:[:/\s]|$)"
)
_REMOTE_SHARE = re.compile(r"(?:^|[\s,:@])\\\\(?![?.]\\)([a-z0-9_.-]{1,253})(?:@ssl)?(?:@\d{1,5})?\\[a-z0-9$_.-]")
_PLACE = re.compile(
    r"[\"']((?:[a-z]:\\|\\\\|%\w{2,20}%\\)[^\"'|<>]{2,300})[\"']|(?<![\w\\])((?:[a-z]:\\|\\\\|%\w{2,20}%\\)[^\s\"'|<>;,=]{2,300})"
)
_WITH_BLANKS = (
    ("program files (x86)", "progra~2"),
    ("program files", "progra~1"),
    ("documents and settings", "docume~1"),
)
"""Folders that stand in command lines without quotes, blanks and all."""
_SCRAMBLE = re.compile(
    r"[a-z]\^[a-z]|[a-z]`[a-z]|['\"]\s?\+\s?['\"]|%\w{2,40}:~-?\d|\[char\]|\{\d\}.{0,3}\{\d\}|[a-z]\"\"[a-z]|"
    r"\$\w{2,20}\[\s?-?\d|-join|\breplace\b|\breverse\b|-bxor|\bset\s.{1,40}&&?\s?call",
    re.IGNORECASE,
)
_INSTALLED = (PathClass.PROGRAMS, PathClass.STORE, PathClass.USER_PROGRAMS)
_OWN_FOLDER = re.compile(
    r"[a-z]:\\(?:program files(?: \(x86\)| \(arm\))?"
    r"|users\\[^\\]+\\appdata\\(?:local\\programs|local|roaming))\\[^\\]+\\"
)
"""Where programs are installed, for everybody or for one person: one folder each."""
_ENCODED = "-encodedcommand"
_WINDOW = "-windowstyle"
_POLICY = "-executionpolicy"
_MIN_ENCODED = 16
"""Letters after -EncodedCommand: shorter ones are another option's value."""
_SYSTEM_USERS = ("nt authority", "nt-autor", "autorite nt", "autorité nt", "s-1-5-18", "s-1-5-19", "s-1-5-20")
_SERVICE_USERS = ("iis apppool", "nt service", "font driver host", "window manager")


def program_signs(program: Program) -> dict[str, Any]:
    """Compute every field of ours that can be known of one start."""
    fields = {
        "Name": stem(program_name(program)) or None,
        "Kind": tuple(sorted(kinds_of(program_name(program)))),
        "PathClass": _place(program.path, program.system),
        "FalseName": false_names(program),
        "Renamed": is_renamed(program),
        "UserKind": user_kind(program.user),
        "CallsOut": _calls_out(program),
        **_about_family(program),
        **_about_command(program),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _about_family(program: Program) -> dict[str, Any]:
    parent, behind = program.parent, nearest_non_shell(program)
    if parent is None:
        return {}
    names = [stem(program_name(one)) for one in program.parents()][:MAX_ANCESTORS]
    return {
        "ParentName": stem(program_name(parent)) or None,
        "ParentKind": tuple(sorted(kinds_of(program_name(parent)))),
        "ParentPathClass": _place(parent.path, parent.system),
        "ParentFalseName": false_names(parent),
        "PlainParentCommand": plain_command(parent.command, parent.path) or None,
        "BehindName": stem(program_name(behind)) if behind else None,
        "BehindKind": tuple(sorted(kinds_of(program_name(behind)))) if behind else None,
        "BehindPathClass": _place(behind.path, behind.system) if behind else None,
        "AncestorNames": tuple(name for name in names if name),
    }


def _about_command(program: Program) -> dict[str, Any]:
    if not program.command:
        return {}
    text = cut_command(program.command)
    plain = plain_command(text, program.path)
    decoded = plain_text(decode_layers(text)).strip()
    whole = f"{plain}\n {decoded} " if decoded else plain
    words = plain.split()
    share = _REMOTE_SHARE.search(whole)
    return {
        "PlainCommand": plain,
        "DecodedCommand": f" {decoded} " if decoded else None,
        "WholeText": None if "text_carrier" in kinds_of(program_name(program)) else whole,
        "NakedCommand": text.lstrip()[:1] in ("/", "-"),
        "CommandLength": len(program.command),
        "LongestRun": longest_run(text),
        "ScrambleCount": sum(1 for _ in _SCRAMBLE.finditer(text)),
        "HasUrl": bool(_URL.search(whole)),
        "HasAddressUrl": bool(_ADDRESS_URL.search(whole)),
        "HasRemoteShare": bool(share and share[1] not in ("localhost", "127.0.0.1", ".")),
        "NamesParent": _names_parent(program, text),
        "RegistersItself": _names_own_folder(program, text),
        "ArgumentPlaces": tuple(sorted(set(_argument_places(split_program(text, program.path)[1], program.system)))),
        **_powershell_options(words),
    }


def _argument_places(arguments: str, system: str) -> Iterator[str]:
    """Yield the kinds of places that a command line names; a path in quotes may hold blanks."""
    text = arguments.lower()
    for long, short in _WITH_BLANKS:
        text = text.replace(long, short)
    for match in islice(_PLACE.finditer(text), MAX_ARGUMENTS):
        place = path_class(match[1] or match[2], system)
        if place != PathClass.UNKNOWN:
            yield place.value


def _names_parent(program: Program, command: str) -> bool | None:
    """Tell whether a command names the file that its parent was started from."""
    parent = program.parent
    path = normal_path(parent.path, parent.system) if parent else ""
    if not path or path_class(path, program.system) == PathClass.SYSTEM:
        return None
    return path in _one_slash(command)


def _names_own_folder(program: Program, command: str) -> bool | None:
    """Tell whether a command is about the program that has it run: what it names lies where that one is installed."""
    behind = nearest_non_shell(program)
    own = _own_folder(behind) if behind else ""
    return own in _one_slash(command) if own else None


def _own_folder(program: Program) -> str:
    """Give the folder of an installed program, version folders left out; empty where it is not an installed one."""
    if path_class(program.path, program.system) not in _INSTALLED:
        return ""
    found = _OWN_FOLDER.match(normal_path(program.path, program.system))
    return found[0] if found else ""


def _one_slash(command: str) -> str:
    return command.lower().replace("/", "\\").replace("\\\\", "\\")


def _powershell_options(words: list[str]) -> dict[str, Any]:
    """Read the options that PowerShell takes in any abbreviation."""
    if not {"powershell", "pwsh"} & set(words[:MAX_ARGUMENTS]):
        return {}
    pairs = list(zip(words, [*words[1:], ""], strict=True))[:MAX_ARGUMENTS]
    return {
        "EncodedOption": any(_is_short(a, _ENCODED, "-ec") and len(b) >= _MIN_ENCODED for a, b in pairs),
        "HiddenWindow": any(_is_short(a, _WINDOW) and (b == "1" or b.startswith("hid")) for a, b in pairs),
        "PolicyBypass": any(
            _is_short(a, _POLICY, "-ep", 3) and b.startswith(("byp", "unr", "0", "4")) for a, b in pairs
        ),
    }


def _is_short(word: str, full: str, alias: str = "", at_least: int = 2) -> bool:
    return word == alias or (len(word) >= at_least and full.startswith(word))


def user_kind(user: str | None) -> str | None:
    """Say whether an account is the system itself, a service or a person; None when it is unknown."""
    if not user:
        return None
    lower = user.lower()
    if lower.startswith(_SYSTEM_USERS) or lower in ("system", "root") or lower.endswith(("$", "\\system", "\\système")):
        return "system"
    return "service" if lower.startswith(_SERVICE_USERS) else "person"


def _place(path: str | None, system: str) -> str | None:
    place = path_class(path, system)
    return None if place == PathClass.UNKNOWN else place.value


def _calls_out(program: Program) -> bool | None:
    """Tell whether it called somebody outside; None where connections were not recorded."""
    if program.connection_count is None and not program.connections:
        return None
    return any(
        one.far is not None and one.is_outgoing is not False and is_outside(one.far) for one in program.connections
    )
