"""Take the text of a Unix shell script apart into words and signs, in one pass and without running anything.

Before this on the path: a command line that a stranger wrote. After it: ``features.shell_words``, which groups the
pieces into commands. What is unclosed ends with the text; what is odd is taken as it stands: nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

MAX_WORD = 2_000
"""Characters kept of one word: a word may repeat a variable endlessly."""
_BLANKS = frozenset(" \t\r")
_ENDS = frozenset(";&()\n")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_WHICH = re.compile(r"\s*(?:which|command -v|type -p)\s+([\w./+-]{1,64})")
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "",
    "b": "",
    "e": "",
    "f": "",
    "v": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
}
_HEX = re.compile(r"x([0-9A-Fa-f]{1,2})")
_OCTAL = re.compile(r"([0-7]{1,3})")
_STREAM_DIGITS = 2
"""Of the number of a stream, as in ``2>``."""
_REDIRECT = re.compile(r"<<<|<<-?|<&|<>|<|&>>|&>|>>|>&|>\|?")


class Kind(Enum):
    """What a piece of a script is."""

    WORD = auto()
    END = auto()
    """Ends a command: ``;``, ``&``, a line end, a bracket."""
    PIPE = auto()
    REDIRECT = auto()


@dataclass(slots=True)
class Piece:
    """One word or sign of a script."""

    kind: Kind
    text: str = ""
    inner: list[str] = field(default_factory=list)
    """Scripts inside it (``$(...)``, back quotes, ``<(...)``), or the body of a here-document."""
    is_quoted: bool = False
    was_variable: bool = False
    """True when a variable was put in, unquoted: the shell would split it."""


class ShellLexer:
    """Walks over one text, front to back."""

    def __init__(self, text: str, variables: Mapping[str, str]) -> None:
        """Begin at the front.

        Args:
            text: The script, already cut to a bounded length.
            variables: Names whose values are known; read while walking, so that assignments count from then on.
        """
        self._text = text
        self._at = 0
        self._variables = variables
        self._after_bodies = 0
        self._word: Piece | None = None
        self._parts: list[str] = []

    def next(self) -> Piece | None:
        """Give the next word or sign, or None at the end."""
        while self._at < len(self._text):
            char = self._text[self._at]
            if self._word is None and (char in _BLANKS or char == "#"):
                self._skip(char)
            elif char in _BLANKS:
                return self._finish()
            elif self._is_sign(char):
                if self._word is not None and not self._is_stream_number(char):
                    return self._finish()
                self._word, self._parts = None, []
                return self._sign(char)
            else:
                self._word = self._word or Piece(Kind.WORD)
                self._letter(char)
        return self._finish() if self._word is not None else None

    def rest_of_bodies(self, delimiter: str) -> str:
        """Take the body of a here-document that ends with a line of its own; it is jumped over later."""
        line_end = self._text.find("\n", self._at)
        begin = max(self._after_bodies, line_end + 1 if line_end >= 0 else len(self._text))
        end = begin
        while end < len(self._text):
            stop = self._text.find("\n", end)
            stop = len(self._text) if stop < 0 else stop
            if self._text[end:stop].strip() == delimiter:
                self._after_bodies = stop
                return self._text[begin:end]
            end = stop + 1
        self._after_bodies = len(self._text)
        return self._text[begin:]

    def _skip(self, char: str) -> None:
        if char == "#":
            end = self._text.find("\n", self._at)
            self._at = len(self._text) if end < 0 else end
        else:
            self._at += 1

    def _finish(self) -> Piece:
        word = self._word or Piece(Kind.WORD)
        word.text = "".join(self._parts)[:MAX_WORD]
        self._word, self._parts = None, []
        return word

    def _is_sign(self, char: str) -> bool:
        return char in _ENDS or char in "|<>"

    def _is_stream_number(self, char: str) -> bool:
        """Tell whether the word so far is the ``2`` of ``2>``."""
        return char in "<>" and 0 < len(self._parts) <= _STREAM_DIGITS and "".join(self._parts).isdigit()

    def _sign(self, char: str) -> Piece:
        if char == "|":
            self._at += 2 if self._text[self._at : self._at + 2] in ("||", "|&") else 1
            return Piece(Kind.END if self._text[self._at - 2 : self._at] == "||" else Kind.PIPE)
        if self._text[self._at : self._at + 2] in ("<(", ">("):
            self._at += 1
            return Piece(Kind.WORD, "<()", [self._bracket()])
        redirect = _REDIRECT.match(self._text, self._at)
        if redirect:
            self._at = redirect.end()
            return Piece(Kind.REDIRECT, redirect.group())
        self._at += 1
        if char == "\n" and self._after_bodies > self._at:
            self._at = self._after_bodies
        return Piece(Kind.END)

    def _letter(self, char: str) -> None:
        """Take one plain letter, quoted run or ``$`` of a word."""
        if char == "'":
            self._single_quotes()
        elif char == '"':
            self._double_quotes()
        elif char == "\\":
            if self._text[self._at + 1 : self._at + 2] != "\n":
                self._parts.append(self._text[self._at + 1 : self._at + 2])
            self._at += 2
        elif char == "`":
            self._back_quotes()
        elif char == "$":
            self._dollar(is_quoted=False)
        else:
            self._parts.append(char)
            self._at += 1

    def _single_quotes(self) -> None:
        end = self._text.find("'", self._at + 1)
        end = len(self._text) if end < 0 else end
        self._parts.append(self._text[self._at + 1 : end])
        self._at = end + 1
        self._piece().is_quoted = True

    def _double_quotes(self) -> None:
        self._at += 1
        self._piece().is_quoted = True
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == '"':
                self._at += 1
                return
            if char == "\\":
                following = self._text[self._at + 1 : self._at + 2]
                self._parts.append(following if following in '"\\$`' else "\\" + following)
                self._at += 2
            elif char == "`":
                self._back_quotes()
            elif char == "$":
                self._dollar(is_quoted=True)
            else:
                self._parts.append(char)
                self._at += 1

    def _back_quotes(self) -> None:
        end = self._text.find("`", self._at + 1)
        end = len(self._text) if end < 0 else end
        self._substitute(self._text[self._at + 1 : end])
        self._at = end + 1

    def _dollar(self, *, is_quoted: bool) -> None:
        following = self._text[self._at + 1 : self._at + 2]
        if following == "(":
            self._at += 1
            self._substitute(self._bracket())
        elif following == "'" and not is_quoted:
            self._at += 1
            self._escaped_quotes()
        else:
            self._variable(is_quoted=is_quoted)

    def _substitute(self, script: str) -> None:
        """Put in what a script inside a word gives: the name after ``which``, else a mark."""
        which = _WHICH.match(script)
        if which:
            self._parts.append(which.group(1))
        else:
            self._parts.append("$()")
            self._piece().inner.append(script)

    def _bracket(self) -> str:
        """Give what stands between this bracket and its partner, and go behind it."""
        begin, depth, quote = self._at + 1, 0, ""
        while self._at < len(self._text):
            char = self._text[self._at]
            self._at += 1
            if char == "\\" and quote != "'":
                self._at += 1
            elif quote:
                quote = "" if char == quote else quote
            elif char in "'\"":
                quote = char
            elif char == "(":
                depth += 1
            elif char == ")":
                depth -= 1
                if depth == 0:
                    return self._text[begin : self._at - 1]
        return self._text[begin:]

    def _escaped_quotes(self) -> None:
        r"""Read ``$'...'``, in which letters may be written as ``\x41``."""
        self._at += 1
        self._piece().is_quoted = True
        while self._at < len(self._text) and self._text[self._at] != "'":
            if self._text[self._at] != "\\":
                self._parts.append(self._text[self._at])
                self._at += 1
                continue
            self._at += 1
            number = _HEX.match(self._text, self._at) or _OCTAL.match(self._text, self._at)
            if number:
                self._parts.append(chr(int(number.group(1), 16 if number.re is _HEX else 8) & 0xFF))
                self._at = number.end()
            else:
                following = self._text[self._at : self._at + 1]
                self._parts.append(_ESCAPES.get(following, following))
                self._at += 1
        self._at += 1

    def _variable(self, *, is_quoted: bool) -> None:
        has_brace = self._text[self._at + 1 : self._at + 2] == "{"
        name = _NAME.match(self._text, self._at + (2 if has_brace else 1))
        end = name.end() if name else self._at
        if name is None or (has_brace and self._text[end : end + 1] != "}"):
            self._parts.append("$")
            self._at += 1
            return
        written = self._text[self._at : end + has_brace]
        self._at = end + has_brace
        value = self._variables.get(name.group())
        self._parts.append(written if value is None else value)
        if value is not None and not is_quoted:
            self._piece().was_variable = True

    def _piece(self) -> Piece:
        if self._word is None:
            self._word = Piece(Kind.WORD)
        return self._word
