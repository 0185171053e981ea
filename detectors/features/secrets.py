"""Masks what command lines hold of passwords, keys and tokens, before anything of them is shown or kept.

Before this on the path: a program's command line, which is hostile text of any length. After it: detectors, which put
the masked text into their evidence. Time grows with the length alone. What cannot be told from an ordinary word stays
readable: a port behind ``-p`` says more than it hides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

MARK = "•••"
"""Stands for a secret of whatever length."""
MIN_KEY = 6
"""``--key`` and ``-p`` stand before many things; shorter ones are numbers and names of columns."""

_VALUE = (
    r"(?P<value>(?P<quote>\\?[\"'])(?:(?!(?P=quote)).)*+(?:(?P=quote))?"
    r"|[^\s\"'|&;<>)]++(?:[\"'](?=[^\s\"'|&;<>)])[^\s\"'|&;<>)]++)*+)"
)
"""A quoted text (the quotes may be escaped), or letters up to a space or an operator of a shell."""
_SURE = r"password|passwd|passphrase|passwort|passcode|kennwort|secret|token|pgpassword|mysql_pwd|userpass"
_SURE_KEYS = r"(?:api|access|secret|private|account|encryption|storage|shared|signing|license)[-_]?key"
_SHORT = r"(?:(?<![a-z])(?:pass(?:in|out)?|pwd|pw)|(?<![a-z])key)"
_ENDING = r"(?:s|\d{1,3})?(?![\w-])"

_NAMED = re.compile(
    rf"(?P<name>(?:{_SURE}|{_SURE_KEYS}|{_SHORT}){_ENDING})"
    rf"(?:(?P<equals>\\?[\"']?[ \t]{{0,3}}(?:=>|:=|=|:)[ \t]{{0,3}})|(?P<gap>\\?[\"']?[ \t]{{1,8}})){_VALUE}",
    re.IGNORECASE | re.DOTALL,
)
"""A word for a secret and what follows it. Source of the words: options of common tools, and variable names of
build servers and clouds as their manuals list them."""
_OPTION = re.compile(r"(?:^|[\s\"'(,])(?:--?|/)[\w-]{0,64}$")
"""What stands before a value that is set apart by a space alone."""
_NAME_BACK = 66
_PUBLIC = re.compile(r"publickey$", re.IGNORECASE)
"""A .NET PublicKeyToken is no secret."""

_NO_VALUE = (
    r"(?:not?|in|too|required|needed|missing|empty|wrong|incorrect|invalid|expired|set|unset|ok|valid|correct)\b"
)
"""What follows "the password is" where a message only speaks of one."""

_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"://[^\s/:@\"'<>]{0,128}+:(?P<value>[^\s/\"'<>]{1,256})@",
        r"://(?P<value>[a-z0-9_-]{20,128}+)(?::x-oauth-basic)?@",
        r"\bhttps?://(?=[^\s/:@\"'<>]{0,127}\d)(?P<value>[^\s/:@\"'<>]{6,128}+)@",
        (
            rf"\b(?:{_SURE})[ \t]{{1,3}}(?:is|ist|lautet|est|ass)"
            rf"(?:[ \t]{{1,3}}|[ \t]{{0,3}}:[ \t]{{0,3}})(?!{_NO_VALUE}){_VALUE}"
        ),
        r"(?<![\w./-])[\w.-]{1,64}+/[\w.-]{1,64}+:(?P<value>[^\s@\"'/\\]{1,128})@[\w.-]",
        rf"\bauthorization\\?[\"']?[ \t]{{0,3}}[:=][ \t]{{0,3}}(?:[a-z0-9-]{{1,20}}+[ \t]{{1,3}})?{_VALUE}",
        r"\bbearer[ \t]{1,3}(?P<value>[\w+/=.~-]{8,}+)",
        rf"\bconvertto-securestring[ \t]{{1,4}}(?:-(?:string|asplaintext|force)[ \t]{{1,4}}){{0,3}}(?![-|$]){_VALUE}",
        r"(?P<quote>[\"'])(?P<value>[^\"'\n]{1,128})(?P=quote)[ \t]{0,3}\|[ \t]{0,3}convertto-securestring\b",
        (
            r"\bnetworkcredential[ \t]{0,2}\([ \t]{0,2}[\"'][^\"']{0,128}+[\"'][ \t]{0,2},"
            r"[ \t]{0,2}[\"'](?P<value>[^\"']{1,256})"
        ),
        (
            r"\becho[ \t]{1,3}(?:-\w{1,3}[ \t]{1,3})?(?P<value>[^|\n]{1,128})\|[ \t]{0,3}"
            r"(?:sudo[ \t]{1,3}(?:-\w[ \t]{1,3}){0,3}(?:-S\b|chpasswd|passwd)|chpasswd\b"
            r"|passwd[ \t]{1,3}--stdin|pw[ \t])"
        ),
    )
) + tuple(
    re.compile(rf"(?<![A-Za-z0-9_])(?P<value>{pattern})")
    for pattern in (
        r"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])",
        r"(?:gh[pousr]_|github_pat_|glpat-|sk-|sk_live_|xox[abprs]-|npm_)[\w-]{16,}+",
        r"AIza[\w-]{30,}+",
        r"eyJ[\w-]{8,}+\.[\w-]{8,}+(?:\.[\w-]*+)?",
    )
)
"""Secrets that are known by their own form or by what stands around them; the last ones as their issuers describe."""

_WORD = re.compile(
    r"(?P<stop>[|&;\n]+|\d?>+|<)|\\?\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s\"'|&;<>]++)"
)
_TOOL_ENDING = re.compile(r"(?:\.exe|\.py|\.com|64)$")

_WORDS_BEHIND = 16
"""Looked at behind the name of a program: a line may name it a thousand times."""

_Span = tuple[int, int]
_Word = tuple[int, int, str]
"""From, to, and the text between."""

_APART: dict[str, tuple[str, ...]] = {
    "sshpass": ("-p",), "psexec": ("-p", "/p"), "paexec": ("-p",), "zip": ("-P",), "unzip": ("-P",),
    "plink": ("-pw",), "pscp": ("-pw",), "psftp": ("-pw",), "putty": ("-pw",), "certutil": ("-p",),
    "mongo": ("-p",), "mongosh": ("-p",), "mongodump": ("-p",), "mongorestore": ("-p",), "mongoexport": ("-p",),
    "mongoimport": ("-p",), "sqlcmd": ("-P", "/P"), "osql": ("-P", "/P"),
    "bcp": ("-P",), "ldapsearch": ("-w",), "ldapadd": ("-w",), "ldapmodify": ("-w",), "redis-cli": ("-a",),
    "rdesktop": ("-p",), "dsenableroot": ("-p", "-r"), "useradd": ("-p",), "usermod": ("-p",),
    "schtasks": ("/rp", "/p"),
    "evil-winrm": ("-p",), "mosquitto_pub": ("-P",), "winrs": ("/p", "-p"), "systeminfo": ("/p",), "tasklist": ("/p",),
    "taskkill": ("/p",), "getmac": ("/p",), "driverquery": ("/p",), "adduser": ("-p",),
    "openssl": ("-k", "-K"), "wevtutil": ("/p",), "docker": (), "podman": (),
}  # fmt: skip
"""Options whose next word is a password, by program; as the manuals of the programs say."""
_JOINED: dict[str, tuple[str, ...]] = {
    "sshpass": ("-p",), "mysql": ("-p",), "mysqldump": ("-p",), "mysqladmin": ("-p",), "mariadb": ("-p",),
    "mysqlimport": ("-p",), "7z": ("-p",), "7za": ("-p",), "7zr": ("-p",), "7zz": ("-p",), "rar": ("-hp", "-p"),
    "winrar": ("-hp", "-p"), "unrar": ("-p",), "sqlcmd": ("-P",), "osql": ("-P",), "bcp": ("-P",), "zip": ("-P",),
    "unzip": ("-P",),
}  # fmt: skip
"""Options with the password in the same word."""
_BUILDERS = frozenset({"msbuild", "dotnet", "devenv", "nuget", "xbuild"})
"""Their ``/p:`` sets a property."""
_USER_OPTIONS = frozenset({"-u", "-U", "/u", "-l", "--user", "--username", "-user", "-username", "/user", "--login"})
_COLON_OPTIONS = frozenset({"-u", "-U", "--user", "--proxy-user"})
_SLASH_PASS = ("/p:", "-p:", "/pw:", "/pass:", "/rp:", "-pw:")


def mask_secrets(text: str) -> str:
    """Replace passwords, keys and tokens in a command line by ``MARK``.

    Args:
        text: A command line, or several; hostile, of any length.

    Returns:
        The text with every secret that could be told from an ordinary word replaced; the rest is unchanged.
    """
    spans = [*_named(text), *_shaped(text)]
    for words in _commands(text):
        spans += _told_by_tool(words)
    return _replace(text, sorted(spans)) if spans else text


def _named(text: str) -> Iterator[_Span]:
    """Find values behind words for secrets."""
    place = 0
    while found := _NAMED.search(text, place):
        is_set = found["equals"] is not None
        place = found.end("equals") if is_set else found.end("name")
        before = text[max(0, found.start() - _NAME_BACK) : found.start()]
        if not is_set and not _OPTION.search(before):
            continue
        if _PUBLIC.search(before) or not _is_secret(found["name"], found["value"], is_set=is_set):
            continue
        yield _inside(found)
        place = found.end("value")


def _is_secret(name: str, value: str, *, is_set: bool) -> bool:
    """Leave paths behind ``key``, and a following option that is no value at all."""
    if not is_set and value.startswith("-"):
        return False
    return name.casefold() not in {"key", "keys"} or (len(value) >= MIN_KEY and not _is_path(value))


def _is_path(value: str) -> bool:
    return "/" in value or "\\" in value or value.casefold().endswith((".pem", ".key", ".pub"))


def _inside(found: re.Match[str]) -> _Span:
    """Leave the quotes around a value."""
    quote, value = found["quote"] or "", found["value"]
    start, end = found.span("value")
    closed = len(value) >= 2 * len(quote) and value.endswith(quote)
    return start + len(quote), end - (len(quote) if closed else 0)


def _shaped(text: str) -> Iterator[_Span]:
    """Find what looks like a secret wherever it stands."""
    for shape in _SHAPES:
        for found in shape.finditer(text):
            is_quoted = "quote" in shape.groupindex and found.start("quote") == found.start("value")
            yield _inside(found) if is_quoted else found.span("value")


def _commands(text: str, depth: int = 0, base: int = 0) -> Iterator[list[_Word]]:
    """Cut a line into commands and words. A quoted text of several words may be a command of its own."""
    words: list[_Word] = []
    for found in _WORD.finditer(text):
        if found["stop"]:
            yield words
            words = []
            continue
        group = found.lastgroup or "bare"
        start, end = found.span(group)
        words.append((base + start, base + end, found[group]))
        if group != "bare" and depth < 1 and " " in found[group]:
            yield from _commands(found[group], depth + 1, base + start)
    yield words


def _told_by_tool(words: list[_Word]) -> Iterator[_Span]:
    """Find passwords that only their place says: behind ``-p`` of a program that takes one there."""
    tool = ""
    has_user = any(word in _USER_OPTIONS for _, _, word in words)
    for place, (start, end, word) in enumerate(words):
        name = _tool_name(word)
        if name in _POSITIONAL:
            yield from _POSITIONAL[name](words[place + 1 : place + 1 + _WORDS_BEHIND])
        tool = name if name in _APART or name in _JOINED or name in _BUILDERS else tool
        for option in _JOINED.get(tool, ()):
            if word.startswith(option) and len(word) > len(option):
                yield start + len(option), end
                break
        if word.casefold().startswith(_SLASH_PASS) and tool not in _BUILDERS and not word[3:].isdecimal():
            yield start + word.index(":") + 1, end
    for (_, _, option), (start, end, value) in pairwise(words):
        if option in _COLON_OPTIONS:
            yield from _behind_colon(start, end, value)
    yield from _apart(words, has_user=has_user)


def _apart(words: list[_Word], *, has_user: bool) -> Iterator[_Span]:
    """Find the word after an option; beside a user's name also that of programs nobody listed."""
    options: tuple[str, ...] = ()
    is_known = False
    for (_, _, word), (start, end, value) in pairwise(words):
        name = _tool_name(word)
        if name in _APART:
            options, is_known = _APART[name], True
        is_listed = word in options or (word.startswith("/") and word.casefold() in options)
        is_guess = not is_known and has_user and word == "-p" and not value.isdecimal() and not _is_path(value)
        if (is_listed or is_guess) and not value.startswith(("-", "/")) and value != "*":
            yield start, end


def _behind_colon(start: int, end: int, value: str) -> Iterator[_Span]:
    """Find the password in ``user:password``; ``1000:1000`` is a user and a group, ``C:`` before a slash a drive."""
    user, colon, password = value.partition(":")
    is_pair = colon and password and not (user.isdecimal() and password.isdecimal())
    if is_pair and not password.startswith(("\\", "/")):
        yield start + len(user) + 1, end


def _tool_name(word: str) -> str:
    name = word[max(word.rfind("\\"), word.rfind("/")) + 1 :][:64].casefold()
    return _TOOL_ENDING.sub("", _TOOL_ENDING.sub("", name))


def _net(words: list[_Word]) -> Iterator[_Span]:
    """``net use DEVICE SHARE PASSWORD`` and ``net user NAME PASSWORD``."""
    plain = [one for one in words if not one[2].startswith("/")]
    if not plain:
        return
    what = plain[0][2].casefold()
    if what == "user":
        yield from _spans(plain[2:3])
    elif what == "use":
        shares = [place for place, one in enumerate(plain) if one[2].startswith("\\\\")]
        yield from _spans(plain[shares[0] + 1 :] if shares else [])


def _directory(words: list[_Word]) -> Iterator[_Span]:
    """``dscl . -passwd RECORD OLD NEW``."""
    for place, (_, _, word) in enumerate(words):
        if word == "-passwd":
            yield from _spans(words[place + 2 : place + 4])
            return


def _web_users(words: list[_Word]) -> Iterator[_Span]:
    """``htpasswd -b FILE NAME PASSWORD``."""
    if any(word.startswith("-") and "b" in word for _, _, word in words[:3]):
        yield from _spans([one for one in words if not one[2].startswith("-")][-1:])


def _share_user(words: list[_Word]) -> Iterator[_Span]:
    """``smbclient -U NAME%PASSWORD``."""
    for start, end, word in words:
        name, mark, password = word.partition("%")
        if mark and password and not password.endswith("%"):
            yield start + len(name) + 1, end


def _registry_login(words: list[_Word]) -> Iterator[_Span]:
    """``docker login -p PASSWORD``; ``docker run -p`` names ports."""
    if words and words[0][2] == "login":
        yield from _spans([second for first, second in pairwise(words) if first[2] == "-p"])


def _vault_login(words: list[_Word]) -> Iterator[_Span]:
    """``vault login TOKEN``; ``METHOD=NAME`` is told apart by its sign."""
    if words and words[0][2] == "login":
        plain = [one for one in words[1:] if not one[2].startswith("-") and "=" not in one[2]]
        yield from _spans(plain[:1])


_POSITIONAL: dict[str, Callable[[list[_Word]], Iterator[_Span]]] = {
    "net": _net, "net1": _net, "dscl": _directory, "htpasswd": _web_users, "smbclient": _share_user,
    "rpcclient": _share_user, "winexe": _share_user, "docker": _registry_login, "podman": _registry_login,
    "vault": _vault_login,
}  # fmt: skip
"""Programs that take a password by its place."""


def _spans(words: list[_Word]) -> Iterator[_Span]:
    """Give the places of words; ``*`` asks for the password."""
    return ((start, end) for start, end, word in words if word != "*")


def _replace(text: str, spans: list[_Span]) -> str:
    """Put the mark in the place of each span; those that overlap share one."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        if end <= done or end <= start:
            continue
        if start > done or not parts:
            parts += (text[done:start], MARK)
        done = end
    return "".join([*parts, text[done:]])
