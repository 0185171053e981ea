"""Names the simple commands that a command line of Linux or macOS holds: ``sh -c "..."`` is a whole script.

Before this on the path: a command line, hostile text. After it: ``program_fields`` gives the commands to the rules as
``PlainCommands`` (one text a command: base name and words), ``PlainPipes`` (what flows into what: "a b | c d") and
``PlainPrograms`` (program words that name an unusual folder).
Wrappers that only start another program are peeled away (``features.shell_wrappers``), quotes are removed, known
variables put in, redirections kept as ``> target``, and one layer of base64 or hex that is handed to a shell is read.
Nothing is run. Every count is bounded, so the work follows the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from detectors.features.shell_hidden import decoded_code, decoded_script
from detectors.features.shell_lexer import Kind, Piece, ShellLexer
from detectors.features.shell_wrappers import SHELLS, base_name, inner_scripts, peel, script_place

MAX_TEXT = 20_000
"""Characters looked at of one command line: ten times the longest ordinary one on the machines measured."""
MAX_COMMANDS = 300
MAX_WORDS = 200
"""Of one command."""
MAX_PIPE = 16
"""Commands kept of one pipeline."""
MAX_DEPTH = 5
"""Scripts inside scripts."""
MAX_COMMAND_TEXT = 1_000
"""Characters of one command that rules see."""
_MAX_VARIABLES = 64
_MAX_VALUE = 256
_MAX_TEXT_OF_BODY = 4_000
_CACHE = 512
"""The same line is asked for by a rule engine, a model and a detector in turn."""
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\+?=")
_KEYWORDS = frozenset(
    ["if", "then", "elif", "else", "while", "until", "do", "fi", "done", "esac", "time", "!", "{", "}"]
)
_DECLARE = frozenset(["export", "declare", "typeset", "local", "readonly", "setenv"])
_STANDARD_FOLDERS = (
    "/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/", "/usr/libexec/", "/usr/lib/",
    "/lib/", "/opt/", "/snap/", "/nix/", "/system/", "/applications/", "/library/",
)  # fmt: skip

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShellLine:
    """What a command line does, in simple commands."""

    commands: tuple[Command, ...] = ()
    """Base name of the program and its words; in the order of the text."""
    pipes: tuple[tuple[Command, ...], ...] = ()
    """Commands that feed each other, two at least."""
    programs: tuple[str, ...] = ()
    """Program words with a folder that is not a usual one for programs."""


def simple_commands(text: str) -> list[Command]:
    """Name the simple commands of a script.

    Args:
        text: A script as a shell would read it; hostile.
    """
    reader = _Reader()
    reader.read_script(text[:MAX_TEXT], 0)
    return reader.commands


def commands_of(command: str | None, arguments: Sequence[str] | None = None) -> ShellLine:
    """Name the simple commands of a program that was started.

    Args:
        command: The command line as logged: words joined by blanks, mostly without their quotes.
        arguments: The words themselves, where the system gives them.
    """
    if arguments:
        return _line(tuple(word[:MAX_TEXT] for word in arguments[:MAX_WORDS]))
    return _line((command or "")[:MAX_TEXT])


def shell_fields(command: str | None, arguments: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Give the derived fields of Sigma rules for a program of Linux or macOS."""
    line = commands_of(command, arguments)
    return {
        "PlainCommands": tuple(_shown(one) for one in line.commands),
        "PlainPipes": tuple(" | ".join(_shown(one) for one in pipe)[: 2 * MAX_COMMAND_TEXT] for pipe in line.pipes),
        "PlainPrograms": line.programs,
    }


@lru_cache(_CACHE)
def _line(source: str | tuple[str, ...]) -> ShellLine:
    reader = _Reader()
    if isinstance(source, tuple):
        reader.add_words(list(source), 0, ())
    else:
        reader.read_line(source)
    programs = tuple(dict.fromkeys(reader.programs))
    return ShellLine(tuple(reader.commands), tuple(reader.pipes), programs)


def _shown(command: Command) -> str:
    text = " ".join(" ".join(command)[: 2 * MAX_COMMAND_TEXT].split())
    return text[:MAX_COMMAND_TEXT]


@dataclass(slots=True)
class _Gathered:
    """The words of one simple command while it is being read."""

    words: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


class _Reader:
    """Collects the commands of one line, whatever they are wrapped in."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.pipes: list[tuple[Command, ...]] = []
        self.programs: list[str] = []
        self._variables: dict[str, str] = {"HOME": "~"}

    def read_line(self, text: str) -> None:
        """Read a logged command line: only what follows ``sh -c`` is a script."""
        place = script_place(text)
        if place is not None:
            self.read_script(_without_outer_quotes(text[place:].strip()), 1)
        elif "'" in text or '"' in text:
            self.add_words(_quoted_words(text), 0, ())
        else:
            self.add_words(text.split(maxsplit=MAX_WORDS), 0, ())

    def read_script(self, text: str, depth: int) -> list[Command]:
        """Read a script; gives the commands that its output comes from (for what is put into another command)."""
        if depth > MAX_DEPTH or not text.strip():
            return []
        lexer = ShellLexer(text, self._variables)
        pipe: list[Command] = []
        flow: list[Command] = []
        one = _Gathered()
        while len(self.commands) < MAX_COMMANDS:
            piece = lexer.next()
            if piece is None or piece.kind in (Kind.END, Kind.PIPE):
                flow += self._close(one, pipe, depth)
                one = _Gathered()
                if piece is None or piece.kind is Kind.END:
                    self._close_pipe(pipe, depth)
                    pipe = []
                if piece is None:
                    break
            elif piece.kind is Kind.REDIRECT:
                self._redirect(piece.text, lexer, one)
            elif len(one.words) < MAX_WORDS:
                self._word(piece, one)
        return flow[:MAX_PIPE]

    def add_words(self, words: list[str], depth: int, feeds: Sequence[Command]) -> list[Command]:
        """Add one command given by its words; what it wraps is added in its place.

        Args:
            words: As the program would get them.
            depth: How many scripts this stands in.
            feeds: Commands whose output is put into this one.
        """
        if not words or len(self.commands) >= MAX_COMMANDS or depth > MAX_DEPTH:
            return []
        words, settings = peel(words)
        for setting in settings:
            self.commands.append(("export", setting))
        scripts = inner_scripts(words)
        given: list[Command] = []
        for script in scripts:
            given += self.read_script(script, depth + 1)
        name = base_name(words[0])
        if not (scripts and name in SHELLS):
            given.insert(0, (name, *words[1:MAX_WORDS]))
            self.commands.append(given[0])
            self._note_program(words)
            code = decoded_code(given[0])
            if code:
                self.commands.append((name, "-c", code))
        if feeds:
            into = (name, *(words[1:2] if name in SHELLS else words[1:MAX_WORDS]))
            self.pipes.append((*feeds, into))
        return given

    def _note_program(self, words: list[str]) -> None:
        """Keep the path of a program, or of the script an interpreter runs, where the place is unusual."""
        path = words[0]
        if base_name(path) in SHELLS or path in (".", "source"):
            path = next((word for word in words[1:4] if not word.startswith("-")), path)
        if "/" in path and not path.lower().startswith(_STANDARD_FOLDERS) and len(path) <= MAX_COMMAND_TEXT:
            self.programs.append(path)

    def _word(self, piece: Piece, one: _Gathered) -> None:
        if not piece.text and not piece.is_quoted:
            return
        is_first = not one.words
        if is_first and not piece.is_quoted and piece.text in _KEYWORDS:
            return
        if is_first and piece.was_variable and " " in piece.text:
            one.words += piece.text.split()[:MAX_WORDS]
        else:
            one.words.append(piece.text)
        one.inner += piece.inner

    def _redirect(self, sign: str, lexer: ShellLexer, one: _Gathered) -> None:
        target = lexer.next()
        if target is None or target.kind is not Kind.WORD:
            return
        if sign in ("<<", "<<-"):
            one.bodies.append(lexer.rest_of_bodies(target.text))
            return
        one.inner += target.inner
        if sign == "<<<":
            one.bodies.append(target.text)
        elif target.text and target.text != "/dev/null" and not (sign.endswith("&") and target.text in "012-"):
            one.words += [{"&>": ">", ">&": ">", ">|": ">", "&>>": ">>"}.get(sign, sign), target.text]

    def _close(self, one: _Gathered, pipe: list[Command], depth: int) -> list[Command]:
        """End a simple command: remember assignments, read what stands inside it, add it."""
        feeds: list[Command] = []
        for script in one.inner[:MAX_WORDS]:
            feeds += self.read_script(script, depth + 1)
        words = self._without_assignments(one.words)
        if not words:
            return feeds
        if words[0] in _DECLARE:
            for word in words[1:]:
                self._assign(word)
        given = self.add_words(words, depth, feeds)
        name = base_name(peel(words)[0][0])
        for body in one.bodies:
            pipe.append(("echo", body[:_MAX_TEXT_OF_BODY]))
            if name in SHELLS:
                self.read_script(body, depth + 1)
        pipe += given[:1] or [(name,)]
        return given

    def _close_pipe(self, pipe: list[Command], depth: int) -> None:
        if not pipe[1:]:
            return
        self.pipes.append((*pipe[: MAX_PIPE - 1], pipe[-1]) if len(pipe) > MAX_PIPE else tuple(pipe))
        script = decoded_script(pipe)
        if script:
            self.read_script(script, depth + 1)

    def _without_assignments(self, words: list[str]) -> list[str]:
        """Take ``NAME=value`` off the front; each counts as a command ``export NAME=value``."""
        count = 0
        while count < len(words) and _ASSIGNMENT.match(words[count]):
            self.commands.append(("export", words[count]))
            self._assign(words[count])
            count += 1
        return words[count:]

    def _assign(self, word: str) -> None:
        name, sign, value = word.partition("=")
        if sign and len(self._variables) < _MAX_VARIABLES and "$()" not in value:
            self._variables[name] = value[:_MAX_VALUE]


def _without_outer_quotes(text: str) -> str:
    quote = text[:1]
    if quote in ("'", '"') and len(text) > 1 and text.endswith(quote) and quote not in text[1:-1]:
        return text[1:-1]
    return text


def _quoted_words(text: str) -> list[str]:
    """Split a logged line that kept its quotes; signs of a shell are plain letters in it."""
    words: list[str] = []
    for part in re.finditer(r"""(?:[^\s"']|"[^"]*"?|'[^']*'?)+""", text):
        words.append(re.sub(r"""["']""", "", part.group()) if len(part.group()) < MAX_TEXT else part.group())
        if len(words) >= MAX_WORDS:
            break
    return words
