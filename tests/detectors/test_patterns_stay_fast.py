"""No text that a stranger sends makes a pattern of the network detectors slow: time grows with length, not faster."""

from __future__ import annotations

import importlib
import re
import time

import pytest

MODULES = (
    "ad_enumeration", "c2_channel", "credential_theft_ad", "crypto_mining", "exploit_attempt", "exploit_kit",
    "exploit_legacy_client", "lateral_movement_smb_rpc", "malware_download", "remote_shell", "suspicious_tls", "tor",
    "web_attack", "features.channel_tls", "features.channel_web", "features.page_patterns", "features.program_bytes", "features.web_patterns", "features.web_text",
)  # fmt: skip
AWKWARD = (
    "a", "=", "&", "../", " ", "' or ", "select ", "<img ", "%u41ab", "\\x41", "{", "${", "() {", "[", "%", "&a=", "\n",
    "\r\n", "0", "-", "?a_path=http://x", "src=notes:", "|", "CN=,", " HTTP/1.1\r\n", "() {=", "\\\\|", "../\n=", "$ ",
)  # fmt: skip
LENGTH = 4_096
MOST_S = 0.05
"""For 4 KB; a pattern that grows with the square needs a second and more."""


def patterns_of(thing):
    if isinstance(thing, re.Pattern):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from patterns_of(part)
    elif isinstance(thing, dict):
        yield from patterns_of(list(thing.values()))
    elif isinstance(getattr(thing, "pattern", None), re.Pattern):
        yield thing.pattern


def seconds_for(pattern, text):
    """The best of three: other programs may be busy."""
    times = []
    for _ in range(3):
        started = time.process_time()
        pattern.search(text)
        times.append(time.process_time() - started)
        if times[-1] < MOST_S:
            break
    return min(times)


@pytest.mark.parametrize("name", MODULES)
def test_patterns_of(name):
    module = importlib.import_module(f"detectors.{name}")
    patterns = [one for thing in vars(module).values() for one in patterns_of(thing)]
    assert patterns
    for pattern in patterns:
        for part in AWKWARD:
            text = (part * LENGTH)[:LENGTH] + "!"
            taken = seconds_for(pattern, text.encode() if isinstance(pattern.pattern, bytes) else text)
            assert taken < MOST_S, (pattern.pattern[:60], part)
