"""Looks for somebody who takes passwords and keys out of a domain: replication, tickets to crack, keys, hives.

Before this on the path: ``Traffic.rpc``, ``kerberos``, ``smb``. After it: the worker's wire.
The bind to the replication interface is part of every sign-in; the call that copies secrets is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from detectors.contract.conversations import KerberosMessage, RpcCall
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features import rpc_interfaces as rpc
from detectors.features.sightings import Sighting, report

UNSURE: Final = frozenset({"backup_key_asked_for"})
"""Computers also do this when somebody signs in there for the first time."""
CALLS: Final[dict[tuple[str, int], tuple[str, Severity]]] = {
    (rpc.REPLICATION, 3): ("secrets_copied", Severity.HIGH),
    (rpc.REPLICATION, 5): ("replica_added", Severity.HIGH),
    (rpc.REPLICATION, 17): ("replica_added", Severity.HIGH),
    (rpc.BACKUP_KEYS, 0): ("backup_key_asked_for", Severity.MEDIUM),
    (rpc.POLICY, 29): ("secret_written", Severity.MEDIUM),
    (rpc.POLICY, 30): ("secret_read", Severity.MEDIUM),
    (rpc.POLICY, 43): ("secret_read", Severity.MEDIUM),
    (rpc.NETLOGON, 30): ("machine_password_set", Severity.LOW),
    (rpc.REGISTRY, 20): ("hive_saved", Severity.HIGH),
    (rpc.REGISTRY, 31): ("hive_saved", Severity.HIGH),
}
"""(interface, call) -> what it takes. Call numbers: MS-DRSR, MS-BKRP, MS-LSAD, MS-NRPC, MS-RRP."""

SET_USER: Final = frozenset({37, 58})
"""samr: changes of an account; with a secret written beside it, a password set from afar."""
SEALED: Final = 6
REPLICATION_TALK: Final = frozenset({0, 3, 12, 16})
"""Replication without its bind: bind, copy, translate names, describe the controllers, all sealed on one connection."""

SECRET_FILE: Final = re.compile(
    r"(?:^|\\)(?:ntds\.dit|lsass[^\\]{0,40}\.(?:dmp|dump)|system32\\config\\(?:sam|security|system))$|"
    r"\\microsoft\\protect\\s-1-5-21-",
    re.IGNORECASE,
)
"""Files in which Windows keeps secrets."""

RC4: Final = 23
AES: Final = frozenset({17, 18})
MACHINE_SERVICES: Final = frozenset(
    {"krbtgt", "cifs", "host", "ldap", "gc", "dns", "rpcss", "termsrv", "kadmin", "wsman"}
)
"""Tickets for computers, whose passwords nobody guesses."""
MIN_TICKETS: Final = 3
"""Different services in a row."""


class CredentialTheftAd(Detector):
    """Weighs calls, tickets and files."""

    name: ClassVar[str] = "credential_theft_ad"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("credential_theft_ad",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer that took secrets."""
        controllers = _controllers(traffic)
        sightings = [one for one in _judge_calls(traffic.rpc) if one.host not in controllers]
        sightings += _judge_account_changes(traffic.rpc)
        sightings += _judge_unbound(traffic.rpc, controllers)
        sightings += _judge_tickets(traffic.kerberos)
        sightings += _judge_first_tickets(traffic.kerberos)
        for call in traffic.smb:
            if call.command == "create" and SECRET_FILE.search(call.name):
                sightings.append(
                    Sighting(call.client, call.server, "secret_file", call.at_s, call.record, example=call.name)
                )
        yield from report(self, traffic, self.name, sightings, techniques=("T1003",))


def _controllers(traffic: Traffic) -> frozenset[str]:
    """Name the computers that hand out tickets: they copy secrets from each other all day."""
    return frozenset(one.server for one in traffic.kerberos if one.kind in {"as_req", "tgs_req"})


def _judge_calls(calls: tuple[RpcCall, ...]) -> Iterator[Sighting]:
    for call in calls:
        found = CALLS.get((rpc.interface_of(call), call.opnum)) if call.kind == "request" else None
        if found:
            sign, severity = found
            technique = "T1003.006" if sign == "secrets_copied" else ""
            confidence = 0.5 if sign in UNSURE else 0.9
            yield Sighting(
                call.client, call.server, sign, call.at_s, call.record, severity, confidence, technique=technique
            )


def _judge_account_changes(calls: tuple[RpcCall, ...]) -> Iterator[Sighting]:
    """Take a change of an account after a look-up by name: a password set from afar."""
    looked_up: set[tuple[str, str]] = set()
    for call in calls:
        if call.kind != "request" or rpc.interface_of(call) != rpc.ACCOUNTS:
            continue
        pair = (call.client, call.server)
        if call.opnum == 17:  # noqa: PLR2004 - SamrLookupNamesInDomain
            looked_up.add(pair)
        if call.opnum in SET_USER and pair in looked_up:
            yield Sighting(*pair, "account_changed", call.at_s, call.record, Severity.MEDIUM, 0.7, technique="T1098")


def _judge_unbound(calls: tuple[RpcCall, ...], controllers: frozenset[str]) -> Iterator[Sighting]:
    """Recognise replication by its order of calls where the recording began too late for the bind."""
    opnums: dict[int, set[int]] = {}
    for call in calls:
        if call.kind == "request" and not call.interface and not call.pipe and call.auth_level == SEALED:
            opnums.setdefault(call.flow, set()).add(call.opnum)
            if call.opnum == 3 and call.client not in controllers:  # noqa: PLR2004 - IDL_DRSGetNCChanges
                copied = call
                if opnums[call.flow] >= REPLICATION_TALK:
                    yield Sighting(
                        copied.client, copied.server, "secrets_copied", copied.at_s, copied.record, Severity.HIGH, 0.6,
                        technique="T1003.006",
                    )  # fmt: skip


def _judge_tickets(messages: tuple[KerberosMessage, ...]) -> Iterator[Sighting]:
    """Look for tickets in the old, crackable form, for services that run under a person-made password.

    One counts where the asker knows the new form, here or elsewhere; old devices know no other.
    """
    modern = {one.client for one in messages if one.kind in {"as_req", "tgs_req"} and AES & set(one.etypes)}
    weak: dict[str, list[KerberosMessage]] = {}
    for one in messages:
        service = one.service.partition("/")[0].lower()
        if one.kind == "tgs_rep" and one.etypes[:1] == (RC4,) and service not in MACHINE_SERVICES:
            weak.setdefault(one.client, []).append(one)
    for tickets in weak.values():
        names = {one.service.lower() for one in tickets}
        severity = Severity.HIGH if len(names) >= MIN_TICKETS else Severity.MEDIUM
        for one in tickets:
            if one.client in modern or len(names) >= MIN_TICKETS:
                yield Sighting(
                    one.client, one.server, "old_ticket", one.at_s, one.record, severity, 0.7, one.service, "T1558.003"
                )


def _judge_first_tickets(messages: tuple[KerberosMessage, ...]) -> Iterator[Sighting]:
    """Look for sign-ins with a stolen key (only the old form offered), and for accounts that need no proof."""
    offers: dict[tuple[str, int], KerberosMessage] = {}
    for one in messages:
        if one.kind == "as_req":
            offers[one.client, one.flow] = one
        asked = offers.get((one.client, one.flow)) if one.kind == "as_rep" else None
        if asked is None:
            continue
        real = [etype for etype in asked.etypes if etype > 0]
        is_old_only = bool(real) and RC4 in real and not AES & set(real)
        if is_old_only and asked.has_preauth:
            yield Sighting(
                one.client, one.server, "old_key_only", one.at_s, one.record, Severity.MEDIUM, 0.6, asked.user,
                "T1550.002",
            )  # fmt: skip
        elif not asked.has_preauth and is_old_only:
            yield Sighting(
                one.client, one.server, "no_proof_needed", one.at_s, one.record, Severity.MEDIUM, 0.6, asked.user,
                "T1558.004",
            )  # fmt: skip
