"""Takes user names out of HTTP sign-ins and makes the secrets beside them unreadable.

Before this on the path: ``http.py`` with headers and the first bytes of a form. After it: ``Login`` records without
secrets, and a form that can be kept.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from urllib.parse import unquote_to_bytes

from detectors.telemetry.readers.texts import from_bytes

_NAME = rb"[\w.\[\]%$-]{0,40}"
_SECRET = _NAME + rb"(?:passw|pwd|passphrase|secret|motdepasse)" + _NAME + rb"|pass|pw|psw|pin|mdp"
_FORM_SECRET = re.compile(rb"((?:^|[&?;\s])(?:" + _SECRET + rb")=)([^&\s;]*)", re.IGNORECASE)
_JSON_SECRET = re.compile(rb"(\"(?:" + _SECRET + rb")\"\s*:\s*\")((?:[^\"\\]|\\.)*)", re.IGNORECASE)
_PART_SECRET = re.compile(rb"(name=\"(?:" + _SECRET + rb")\"\r?\n\r?\n)([^\r\n]*)", re.IGNORECASE)
SECRETS = (_FORM_SECRET, _JSON_SECRET, _PART_SECRET)
_USER = _NAME + rb"(?:user|login|email|account|uname|usr)" + _NAME + rb"|log|uid|name|id"
_USERS = (
    re.compile(rb"(?:^|[&?;\s])(?:" + _USER + rb")=([^&\s;]+)", re.IGNORECASE),
    re.compile(rb"\"(?:" + _USER + rb")\"\s*:\s*\"([^\"\\]+)", re.IGNORECASE),
    re.compile(rb"name=\"(?:" + _USER + rb")\"\r?\n\r?\n([^\r\n]+)", re.IGNORECASE),
)
_DIGEST_USER = re.compile(r'username="([^"]*)"')
_BASIC_BYTES = 4_096


def hide_secrets(form: bytes) -> tuple[bytes, bool]:
    """Replace the values of secret fields by ``*``.

    Returns:
        The harmless form, and whether there was a secret that is not empty.
    """
    found = False
    for pattern in SECRETS:
        form, count = pattern.subn(rb"\1*", form)
        found = found or count > 0
    return form, found


def user_of_form(form: bytes) -> str:
    """Find the name beside a secret, or nothing."""
    for pattern in _USERS:
        match = pattern.search(form)
        if match:
            return from_bytes(unquote_to_bytes(match[1][:1_024].replace(b"+", b" ")))
    return ""


def user_of_header(value: str) -> tuple[str, str]:
    """Find out who signs in by an Authorization header.

    Returns:
        (mechanism, user): mechanism is ``basic``, ``digest`` or empty; the user may be empty.
    """
    scheme, _, rest = value.partition(" ")
    scheme = scheme.lower()
    if scheme == "basic":
        try:
            plain = b64decode(rest.strip()[:_BASIC_BYTES].encode("ascii", "ignore") + b"==")
        except (Error, ValueError):
            return "basic", ""
        return "basic", from_bytes(plain.partition(b":")[0])
    if scheme == "digest":
        match = _DIGEST_USER.search(rest)
        return "digest", from_bytes(match[1].encode("utf-8", "replace")) if match else ""
    return "", ""
