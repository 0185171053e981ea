"""Says where passwords travel readable by others. The password itself never comes here.

Before this on the path: ``Traffic.logins``, from which the secret was gone before they were made. After it: the wire.
One finding for each server, since it is the server that should learn to speak in private.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from detectors.contract.conversations import Login
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features.sightings import Sighting, report

GUESTS: Final = frozenset({"anonymous", "ftp", "guest", "nobody"})
"""Names that everybody may use; their password is no secret."""
QUIET_PROTOCOLS: Final = frozenset({"snmp", "socks", "irc", "mqtt", "redis", "mssql", "mysql", "postgresql", "sip"})
"""Words that programs and devices say to each other; they seldom open anything else."""
MAX_USERS: Final = 10
USER_LETTERS: Final = 64


class CleartextCredentials(Detector):
    """Counts readable sign-ins by server."""

    name: ClassVar[str] = "cleartext_credentials"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("cleartext_credentials",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each server that takes passwords in the open."""
        logins = [one for one in traffic.logins if one.is_cleartext]
        people = {one.flow for one in traffic.http if one.user_agent.startswith("Mozilla/")}
        users: dict[str, dict[str, None]] = {}
        for one in logins:
            if one.user:
                users.setdefault(one.server, {})[one.user[:USER_LETTERS]] = None

        def describe(group: Sequence[Sighting]) -> tuple[Evidence, ...]:
            known = list(users.get(group[0].host, {}))[:MAX_USERS]
            protocols = list(dict.fromkeys(one.sign.removeprefix("readable_") for one in group))
            return (Evidence("protocols", protocols), *([Evidence("users", known)] if known else []))

        sightings = [_sight(one, is_person=one.flow in people) for one in logins]
        yield from report(
            self, traffic, "cleartext_credentials", sightings, techniques=("T1040", "T1552"), facts=describe
        )


def _sight(login: Login, *, is_person: bool) -> Sighting:
    grade = _grade(login, is_person=is_person)
    return Sighting(login.server, login.client, f"readable_{login.protocol}", login.at_s, login.record, grade, 0.95)


def _grade(login: Login, *, is_person: bool) -> Severity:
    """Grade a person's password above a guest's, and above words that open little."""
    if login.protocol in QUIET_PROTOCOLS:
        return Severity.INFORMATIONAL
    if login.mechanism == "form" and not is_person:
        return Severity.LOW
    return Severity.LOW if login.user.lower() in GUESTS else Severity.MEDIUM
