"""Puts frames into one window, as a capture reader does."""

import numpy as np

from detectors.telemetry.raw_packets import RawPackets


def make_raw(frames, link=1, wire=None, at_s=None):
    """Lay frames one after the other; ``wire`` tells lengths as sent, where frames were cut."""
    sizes = np.array([len(one) for one in frames], np.int64)
    rows = len(frames)
    return RawPackets(
        data=np.frombuffer(b"".join(frames), np.uint8),
        start=np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))[:rows].astype(np.int64),
        captured=sizes,
        wire=np.array(wire, np.int64) if wire is not None else sizes.copy(),
        at_s=np.array(at_s, np.float64) if at_s is not None else np.arange(rows) / 1000,
        number=np.arange(1, rows + 1),
        link=np.full(rows, link, np.int32),
    )


def packed(text):
    """Write an address as it stands in the columns."""
    import ipaddress

    return ipaddress.ip_address(text).packed.ljust(16, b"\0")
