r"""Brings a Windows command line to one plain form, in which a word is a word however it was written.

Before this on the path: the command line as logged, hostile text. After it: ``program_signs``, whose
fields the rules read.
Windows keeps a command line as one text, and each program takes it apart by itself: ``cmd`` drops carets, PowerShell
drops backticks and joins strings, many tools take ``/`` and ``-`` alike. The plain form undoes that: lower case, no
quotes and marks, one blank between words and one at each end, options with ``-``, programs by their bare name where a
command begins. So a rule may look for ``' net user '`` and finds neither ``internet users`` nor a folder of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.features.program_paths import base_name, stem

MAX_COMMAND = 12_000
"""Letters looked at; of longer lines the beginning and the end (Windows allows 32,767; cmd 8,191)."""
_HEAD = 10_000

_MARKS = str.maketrans(dict.fromkeys("^`\"'\u2018\u2019\u201a\u201c\u201d\u201e"))
"""What shells drop, the quotation marks that PowerShell takes for quotes included."""
_ONE_LETTER = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2044\u2215\u29f8\uff0f", "/"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\n\v\f", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    }
)
"""Look-alike dashes, slashes and blanks, and letters that nobody sees."""
_JOINED = re.compile(r"['\"] {0,3}\+ {0,3}['\"]")
_BETWEEN = re.compile(r"([|&;(){}<>,=])")
_OPTION = re.compile(r"^/(?=[a-z?][^/\\]{0,40}(?:[:=]|$))")
_SEPARATORS = frozenset("|&;({")
_INTRODUCES = frozenset({"start", "call", "-c", "-k", "-r", "-command", "-file", "do", "create", "runas", "cmd"})
"""After these words, or a separator, a command begins."""
_SWITCHES = re.compile(r"^-[a-z]{1,2}(?::\w{1,3})?$")
_PROGRAM = re.compile(r"\.(?:exe|com)$")


def cut_command(command: str | None) -> str:
    """Give beginning and end of a command line; empty when it is unknown."""
    text = command or ""
    return text if len(text) <= MAX_COMMAND else text[:_HEAD] + " " + text[_HEAD - MAX_COMMAND :]


def plain_command(command: str | None, path: str | None = None) -> str:
    """Write a command line in its plain form, with a blank at both ends; empty when it is unknown."""
    if not command:
        return ""
    first, rest = split_program(cut_command(command).translate(_ONE_LETTER).strip(), path)
    words = list(_plain_words(rest))
    name = stem(base_name(first.translate(_MARKS), "windows"))
    return " " + " ".join([name, *words]) + " "


def plain_text(text: str) -> str:
    """Write a script in the plain form: all of it words."""
    return " " + " ".join(_plain_words(cut_command(text).translate(_ONE_LETTER))) + " "


def split_program(command: str, path: str | None = None) -> tuple[str, str]:
    """Take the program off the front of a command line: what stands in quotes, or is its path, or the first word."""
    if command.startswith('"'):
        first, _, rest = command[1:].partition('"')
        return first, rest
    if path and command.lower().startswith(path.lower()):
        return command[: len(path)], command[len(path) :]
    first, _, rest = command.partition(" ")
    return first, rest


def _plain_words(text: str) -> Iterator[str]:
    """Yield the words of what follows the program; where a command begins, programs by their bare name."""
    joined = _JOINED.sub("", text.lower()).translate(_MARKS)
    begins = False
    for word in _BETWEEN.sub(r" \1 ", joined).split():
        plain = _OPTION.sub("-", word)
        if plain in _SEPARATORS or plain in _INTRODUCES:
            begins = True
        elif begins and _SWITCHES.match(plain):
            pass  # start -b program
        else:
            plain = _bare_name(plain, begins=begins)
            begins = False
        yield plain


def _bare_name(word: str, *, begins: bool) -> str:
    """Take folder and ending off a program; what is no program (a script, an address, a path further on) stays."""
    is_program = _PROGRAM.search(word) or word.startswith(("%", "c:\\windows\\"))
    if not is_program or "://" in word or ":" in word[2:] or ("\\" in word and not begins):
        return word
    return stem(word.rpartition("\\")[2])
