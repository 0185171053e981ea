"""Looks for somebody who asks a domain for its users, groups, shares and sessions in breadth.

Before this on the path: ``Traffic.rpc``, ``ldap``, ``dns``. After it: the worker's wire.
Sign-in and browsing a share ask some of the same questions. What counts is the list of everything, or many questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Final

from detectors.contract.conversations import LdapMessage, RpcCall
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features import rpc_interfaces as rpc
from detectors.features.sightings import Sighting, report

LISTS: Final[dict[tuple[str, int], str]] = {
    **{(rpc.ACCOUNTS, opnum): "users_listed" for opnum in (13, 40, 48, 49, 51)},
    **{(rpc.ACCOUNTS, opnum): "groups_listed" for opnum in (11, 15, 25, 33)},
    (rpc.SERVER, 12): "sessions_listed",
    (rpc.SERVER, 9): "open_files_listed",
    (rpc.WORKSTATION, 2): "signed_in_listed",
    (rpc.POLICY, 11): "accounts_listed",
    (rpc.ENDPOINTS, 2): "services_listed",
}
"""(interface, call) -> what it lists. Call numbers: MS-SAMR, MS-SRVS, MS-WKST, MS-LSAD, C706."""

GROUP_QUESTIONS: Final = frozenset({19, 27, 34})
"""samr: open a group, an alias, a user; after a look-up by name this is somebody asking about that one."""
LOOKUP_NAMES: Final = 17
ENUM_DOMAINS: Final = 6
"""samr: which domains do you know? Sign-in knows that already."""
HIVE_OPEN: Final = 4
HIVE_KEYS: Final = 9
MIN_HIVE_KEYS: Final = 3
"""winreg: keys read from the list of users' settings; three names are more than a look at one's own."""
SID_LOOKUPS: Final = frozenset({15, 57, 76})
MIN_SID_LOOKUPS: Final = 20
"""lsarpc: names for numbers; more than a window with permissions shows."""
SHARE_DETAILS: Final = 16
ACCESS_DENIED: Final = 5
MIN_DENIED: Final = 2
"""srvsvc: details of shares asked for and refused; whoever may look does not ask twice."""
ZONE_TRANSFER: Final = frozenset({251, 252})

WIDE_FILTER: Final = re.compile(
    r"serviceprincipalname=\*|serviceprincipalname>=|admincount=1|"
    r"objectclass=trusteddomain|useraccountcontrol:1\.2\.840\.113556\.1\.4\.80[34]:=(?:4194304|524288|16777216)|"
    r"msds-allowedtodelegateto=\*|ms-mcs-admpwd|primarygroupid=51[26]|objectclass=grouppolicycontainer|"
    r"\b(?:domain|enterprise|schema) admins\b"
)
"""Questions of the collecting tools: services with accounts, administrators, computers, trusts, delegation."""
EVERYTHING: Final = re.compile(
    r"object(?:class|category)=(?:user|person|computer|group|organizationalunit|\*)|samaccounttype=80530636[89]"
)
SPECIFIC: Final = re.compile(
    r"\((?:samaccountname|userprincipalname|mail|cn|name|uid|object(?:guid|sid)|distinguishedname|displayname|"
    r"serviceprincipalname|proxyaddresses|dnshostname)~?=[^*)]"
)
"""A question about somebody: sign-in and address books ask these."""
SUBTREE: Final = 2
MIN_ENTRIES: Final = 100
"""Answers to one question; sign-in and address books ask for one name."""


class AdEnumeration(Detector):
    """Tells lists from single questions."""

    name: ClassVar[str] = "ad_enumeration"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("ad_enumeration",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer that asked in breadth."""
        sightings = [*_judge_lists(traffic.rpc), *_judge_questions(traffic.rpc)]
        sightings += [one for message in traffic.ldap for one in _judge_search(message)]
        sightings += _judge_zones(traffic)
        yield from report(self, traffic, self.name, sightings, techniques=("T1087.002", "T1135"))


def _judge_lists(calls: tuple[RpcCall, ...]) -> Iterator[Sighting]:
    """Take calls that ask for a whole list."""
    for call in calls:
        sign = LISTS.get((rpc.interface_of(call), call.opnum)) if call.kind == "request" else None
        if sign:
            technique = "T1135" if sign == "sessions_listed" else "T1087.002"
            yield Sighting(
                call.client, call.server, sign, call.at_s, call.record, Severity.MEDIUM, 0.75, technique=technique
            )


def _judge_questions(calls: tuple[RpcCall, ...]) -> Iterator[Sighting]:
    """Take what only the sum of the calls between two computers shows."""
    asked: dict[tuple[str, str, str], Counter[int]] = {}
    denied: Counter[tuple[str, str, str]] = Counter()
    last: dict[tuple[str, str, str], RpcCall] = {}
    for call in calls:
        if call.kind == "request":
            pair = (call.client, call.server, rpc.interface_of(call))
            asked.setdefault(pair, Counter())[call.opnum] += 1
            denied[pair] += call.opnum == SHARE_DETAILS and call.status == ACCESS_DENIED
            last[pair] = call
    for (client, server, interface), opnums in asked.items():
        is_denied = interface == rpc.SERVER and denied[client, server, interface] >= MIN_DENIED
        sign = "shares_tried" if is_denied else _sign_of(interface, opnums)
        if sign:
            call = last[client, server, interface]
            yield Sighting(client, server, sign, call.at_s, call.record, Severity.MEDIUM, 0.7)


def _sign_of(interface: str, opnums: Counter[int]) -> str:
    if interface == rpc.ACCOUNTS and opnums[ENUM_DOMAINS] and opnums[LOOKUP_NAMES] and GROUP_QUESTIONS & opnums.keys():
        return "group_asked_for"
    if interface == rpc.REGISTRY and opnums[HIVE_OPEN] and opnums[HIVE_KEYS] >= MIN_HIVE_KEYS:
        return "signed_in_read"
    if interface == rpc.POLICY and sum(opnums[one] for one in SID_LOOKUPS) >= MIN_SID_LOOKUPS:
        return "numbers_tried"
    return ""


def _judge_search(message: LdapMessage) -> Iterator[Sighting]:
    if message.operation != "search" or not message.filter:
        return
    text = message.filter.lower()
    sign = ""
    if WIDE_FILTER.search(text):
        sign = "collecting_question"
    elif (
        message.scope == SUBTREE
        and message.entries >= MIN_ENTRIES
        and not SPECIFIC.search(text)
        and EVERYTHING.search(text)
    ):
        sign = "everything_asked_for"
    if sign:
        yield Sighting(
            message.client, message.server, sign, message.at_s, message.record, Severity.MEDIUM, 0.8, message.filter
        )


def _judge_zones(traffic: Traffic) -> Iterator[Sighting]:
    """Take requests for all names of a domain at once; between name servers they are ordinary."""
    servers = {one.server for one in traffic.dns if one.qtype not in ZONE_TRANSFER and not one.is_response}
    for one in traffic.dns:
        if one.qtype in ZONE_TRANSFER and not one.is_response:
            severity = Severity.LOW if one.client in servers else Severity.MEDIUM
            yield Sighting(one.client, one.server, "names_listed", one.at_s, one.record, severity, 0.7, one.name)
