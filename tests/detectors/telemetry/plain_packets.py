"""Reads Ethernet, IPv4, IPv6, TCP and UDP one packet after the other: slow and simple, to compare ``packets.py`` with."""

TUNNEL_PORTS = (3544, 4789, 6081, 2152)
STEPS = (0, 43, 44, 51, 60, 135, 139, 140)


def number(data, at, size):
    return int.from_bytes(data[at : at + size], "big")


def read_plainly(data, wire):
    """Tell what one frame says; None where this reader knows too little."""
    said = {"family": 0, "source": bytes(16), "protocol": 0, "ports": (0, 0), "later": False, "bad": False}
    said |= {"payload": None, "ip_bytes": 0, "flags": 0}
    if len(data) < 14:
        return said | {"bad": True}
    kind = number(data, 12, 2)
    if kind == 0x0800:
        return read4(data, wire, said)
    if kind == 0x86DD:
        return read6(data, wire, said)
    return None


def read4(data, wire, said):
    if len(data) < 34:
        return said | {"bad": True}
    own, size = (data[14] & 15) * 4, number(data, 16, 2)
    if data[14] >> 4 != 4 or own < 20 or 0 < size < own:
        return said | {"bad": True}
    sent = 14 + size if size else wire
    said |= {"family": 4, "source": data[26:30].ljust(16, b"\0"), "protocol": data[23], "bad": sent > wire}
    sent = min(sent, wire)
    said |= {"ip_bytes": sent - 14, "later": number(data, 20, 2) & 0x1FFF > 0}
    if said["protocol"] in (4, 41, 47, 51, 137):
        return None
    return transport(data[:sent], 14 + own, sent, said, number(data, 20, 2) & 0x3FFF > 0)


def read6(data, wire, said):
    if len(data) < 54 or data[14] >> 4 != 6:
        return said | {"bad": True}
    sent = 54 + number(data, 18, 2) if number(data, 18, 2) else wire
    said |= {"family": 6, "source": data[22:38], "protocol": data[20], "bad": sent > wire}
    sent = min(sent, wire)
    said["ip_bytes"] = sent - 14
    if said["protocol"] in (*STEPS, 4, 41, 47, 137):
        return None
    return transport(data[:sent], 54, sent, said, False)


def transport(data, at, sent, said, is_piece):
    said["payload"] = (min(at, len(data)), max(sent - at, 0))
    if said["later"] or said["protocol"] not in (6, 17):
        return said if said["protocol"] not in (1, 58, 132) or said["later"] else None
    if len(data) >= at + 4:
        said["ports"] = number(data, at, 2), number(data, at + 2, 2)
    if len(data) < at + (20 if said["protocol"] == 6 else 8):
        return said | {"bad": True}
    if said["protocol"] == 17:
        return None if set(said["ports"]) & set(TUNNEL_PORTS) else udp(data, at, sent, said, is_piece)
    said["flags"] = data[at + 13]
    behind = at + (data[at + 12] >> 4) * 4
    if behind < at + 20 or behind > sent:
        return said | {"bad": True}
    return said | {"payload": (min(behind, len(data)), sent - behind)}


def udp(data, at, sent, said, is_piece):
    told = at + number(data, at + 4, 2) if number(data, at + 4, 2) else sent
    if told < at + 8 or (told > sent and not is_piece):
        said["bad"] = True
    return said | {"payload": (at + 8, min(max(told, at + 8), sent) - at - 8)}
