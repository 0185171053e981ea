"""Tells large makers of programs by the domains they deliver from.

Before this on the path: names of servers. After it: ``malware_download`` and ``c2_channel``, which then speak lower.
A name in a request can lie, so the list lowers a warning and never silences one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

MAKERS: Final = frozenset(
    {
        "microsoft.com", "windowsupdate.com", "windows.com", "office.com", "msedge.net", "visualstudio.com",
        "google.com", "gvt1.com", "googleapis.com", "mozilla.org", "mozilla.net", "apple.com", "adobe.com",
        "macromedia.com", "oracle.com", "java.com", "sun.com", "intel.com", "nvidia.com", "amd.com", "dell.com",
        "hp.com", "lenovo.com", "steampowered.com", "steamcontent.com", "debian.org", "ubuntu.com", "python.org",
        "libreoffice.org", "videolan.org", "opera.com", "avast.com", "avg.com", "avira.com", "kaspersky.com",
        "kaspersky-labs.com", "mcafee.com", "symantec.com", "symantecliveupdate.com", "trendmicro.com", "eset.com",
        "malwarebytes.com", "teamviewer.com", "zoom.us", "skype.com", "dropbox.com", "vmware.com", "cisco.com",
    }
)  # fmt: skip
"""Large makers of programs, by the domains they deliver from. The list lowers a warning, it never silences one."""


@lru_cache(maxsize=65_536)
def is_of_maker(host: str) -> bool:
    """Tell whether a server's name lies in a domain of the list."""
    parts = host.lower().rstrip(".").split(".")
    return any(".".join(parts[place:]) in MAKERS for place in range(len(parts)))
