"""Facts about this computer that sentences need and nothing else tells.

Before this on the path: the operating system. After it: ``explain.py``.
"""

from __future__ import annotations

import functools


@functools.cache
def own_addresses() -> frozenset[str]:
    """List the internet addresses of this computer's network cards."""
    import psutil  # noqa: PLC0415 - costs 60 ms, and few sentences need it

    families = {"AF_INET", "AF_INET6"}
    return frozenset(
        one.address.partition("%")[0]
        for card in psutil.net_if_addrs().values()
        for one in card
        if one.family.name in families
    )


def network_cards() -> list[str]:
    """Name the network cards that are switched on, those that carry addresses first; the one inside comes last."""
    import psutil  # noqa: PLC0415 - as above

    up = [name for name, facts in psutil.net_if_stats().items() if facts.isup]
    return sorted(up, key=lambda name: (name.startswith("lo"), name))
