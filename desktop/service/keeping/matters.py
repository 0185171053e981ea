"""What a judgement is about: "this is fine" must hold for the same thing tomorrow, and for nothing else.

Before this on the path: a Finding. After it: two columns by which judgements and findings meet again.
"""

from __future__ import annotations

import re
from dataclasses import replace

from detectors.contract.finding import Finding

_DAY_TREE_HOUR = 3
"""The last parts of a program's identity, which change from one time to the next."""
_PASSING = re.compile(
    r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?|(?<![0-9a-z])(?=[a-f]*\d)[0-9a-f]{8,64}(?![0-9a-z])|\d+"
)
"""Identifiers, hashes and numbers of a command line. Encoded data stays: another payload is another matter."""


def matter_of(finding: Finding) -> str:
    """Tell what a judgement of this finding is about.

    Of a file: this finding. Of a computer: the same detector, reason, computer and other side on any day. Of a program:
    the same detector, reason, program, parent and command, but for its passing numbers, at any time. Of a place: the
    same change to the same thing. And for a recording the same recording and machine.
    """
    matter: tuple[str, ...]
    match finding.subject.kind:
        case "host":
            return replace(finding, identity=(*finding.identity[:-1], _said(finding, "other_side"))).id
        case "process":
            matter = (_said(finding, "parent"), command_template(_said(finding, "command")))
        case "place":
            matter = (_said(finding, "change"), _said(finding, "starts"), _said(finding, "user"))
        case _:
            return finding.id
    return replace(finding, identity=(*finding.identity[:-_DAY_TREE_HOUR], *matter)).id


def command_template(command: str) -> str:
    """Write a command line without what changes from one start to the next."""
    return " ".join(_PASSING.sub("0", command.lower()).split())


def fingerprint_of(finding: Finding) -> str:
    """Tell the sha256 a finding carries, or nothing."""
    return _said(finding, "sha256")


def _said(finding: Finding, name: str) -> str:
    return next((str(one.observed) for one in finding.evidence if one.name == name), "")
