"""Finds false helpers on the local network: a second address server, a flood of requests to one, a false router.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: two address servers that say the same; two routers that announce the same network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import ClassVar

from detectors.contract.conversations import DhcpMessage, RouterAdvert
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Traffic, network_finding
from detectors.features.hosts import name_some, strongest_of_each
from detectors.features.rhythm import busiest_stretch

WINDOW_S = 60.0
MIN_HUNGRY = 30
"""Different cards that ask for an address within a minute: a whole office switched on has fewer behind one server."""
MIN_REQUESTS = 50
"""Requests within that minute."""
REQUESTS = frozenset({"discover", "solicit"})
ANSWERS = frozenset({"offer", "ack"})
NO_ADDRESS = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - the sender who has none yet
MAX_COMPARED = 100
"""Answers to one computer that are compared with those of another server."""
MIN_ROUTERS = 20
"""Routers or networks announced within a minute; a flood makes computers hang."""


class LanServices(Detector):
    """Compares what address servers and routers say."""

    name: ClassVar[str] = "lan_services"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("dhcp_attack", "rogue_ra")

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at address servers, then at routers."""
        floods = list(self._floods(traffic))
        others = floods or self._second_routers(traffic)
        yield from strongest_of_each([*self._hungry(traffic), *self._second_servers(traffic), *others])

    def _hungry(self, traffic: Traffic) -> Iterator[Finding]:
        """Find one who asks for addresses under many names, until none is left."""
        asked = sorted((one for one in traffic.dhcp if one.kind in REQUESTS), key=lambda one: one.at_s)
        burst = busiest_stretch(asked, WINDOW_S)
        cards = {one.client_mac for one in burst}
        if len(burst) >= MIN_REQUESTS and len(cards) >= MIN_HUNGRY:
            facts = (
                Evidence("requests", len(burst), 2),
                Evidence("cards", len(cards), 2),
                Evidence("other_side", name_some(one.server_id for one in traffic.dhcp if one.server_id)),
            )
            asker = burst[0].sender if burst[0].sender not in NO_ADDRESS else burst[0].client_mac
            yield self._say(traffic, "dhcp_attack", asker, burst, facts)

    def _second_servers(self, traffic: Traffic) -> Iterator[Finding]:
        """Find a server that sends computers another way than the one that was there first."""
        by_server: dict[str, list[DhcpMessage]] = defaultdict(list)
        for one in sorted(traffic.dhcp, key=lambda one: one.at_s):
            if one.kind in ANSWERS and one.server_id:
                by_server[one.server_id].append(one)
        first, *others = by_server.items() or [("", [])]
        for server, said in others:
            if _compete(first[1], said) and not _serve_alike(first[1], said):
                facts = (
                    Evidence("servers", len(by_server), 1),
                    Evidence("routers", name_some(router for one in said for router in one.routers)),
                    Evidence("resolvers", name_some(resolver for one in said for resolver in one.resolvers)),
                    Evidence("other_side", first[0]),
                    Evidence("count", len(said)),
                )
                yield self._say(traffic, "dhcp_attack", server, said, facts)

    def _floods(self, traffic: Traffic) -> Iterator[Finding]:
        burst = busiest_stretch(sorted(traffic.adverts, key=lambda one: one.at_s), WINDOW_S)
        senders = {one.sender for one in burst}
        networks = {prefix for one in burst for prefix in one.prefixes}
        if max(len(senders), len(networks)) >= MIN_ROUTERS:
            facts = (
                Evidence("announcements", len(burst), 1),
                Evidence("networks", len(networks), 1),
                Evidence("other_side", name_some(sorted(senders))),
            )
            yield self._say(traffic, "rogue_ra", burst[0].sender, burst, facts)

    def _second_routers(self, traffic: Traffic) -> Iterator[Finding]:
        """Find a router that announces another network, or other name servers, than the first one."""
        by_router: dict[str, list[RouterAdvert]] = defaultdict(list)
        for one in sorted(traffic.adverts, key=lambda one: one.at_s):
            by_router[one.sender].append(one)
        first, *others = by_router.items() or [("", [])]
        for router, said in others:
            if any(one.lifetime_s for one in said) and _take_turns(first[1], said) and not _route_alike(first[1], said):
                facts = (
                    Evidence("routers", len(by_router), 1),
                    Evidence("networks", name_some(prefix for one in said for prefix in one.prefixes)),
                    Evidence("high_preference", any(one.preference == 1 for one in said), usual=False),
                    Evidence("other_side", first[0]),
                    Evidence("count", len(said)),
                )
                yield self._say(traffic, "rogue_ra", router, said, facts)

    def _say(
        self,
        traffic: Traffic,
        reason: str,
        host: str,
        said: Sequence[DhcpMessage] | Sequence[RouterAdvert],
        facts: tuple[Evidence, ...],
    ) -> Finding:
        return network_finding(
            self,
            traffic,
            reason=reason,
            host=host,
            severity=Severity.MEDIUM,
            confidence=0.75,
            evidence=facts,
            seen_s=(said[0].at_s, said[-1].at_s),
            records=[one.record for one in said],
            techniques=("T1557.003",) if reason == "dhcp_attack" else ("T1557",),
        )


def _compete(ones: Sequence[DhcpMessage], others: Sequence[DhcpMessage]) -> bool:
    """Tell whether both servers answered one computer within a minute; a laptop that moved met one after the other."""
    times: dict[str, list[float]] = defaultdict(list)
    for one in ones:
        times[one.client_mac].append(one.at_s)
    return any(abs(one.at_s - at_s) <= WINDOW_S for one in others for at_s in times[one.client_mac][:MAX_COMPARED])


def _take_turns(ones: Sequence[RouterAdvert], others: Sequence[RouterAdvert]) -> bool:
    """Tell whether the first router was still there when, or a minute before, the second one spoke."""
    return ones[-1].at_s >= others[0].at_s - WINDOW_S


def _serve_alike(ones: Sequence[DhcpMessage], others: Sequence[DhcpMessage]) -> bool:
    """Tell whether the second server names no router or resolver that the first does not name."""
    routers = {router for one in ones for router in one.routers}
    resolvers = {resolver for one in ones for resolver in one.resolvers}
    said = {router for one in others for router in one.routers}
    told = {resolver for one in others for resolver in one.resolvers}
    return said <= routers and told <= resolvers


def _route_alike(ones: Sequence[RouterAdvert], others: Sequence[RouterAdvert]) -> bool:
    networks = {prefix for one in ones for prefix in one.prefixes}
    return {prefix for one in others for prefix in one.prefixes} <= networks
