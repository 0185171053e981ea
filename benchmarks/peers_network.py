"""What other programs find in the same recordings, in the same table: nDPI is run, the rest is told with its origin.

Before this on the path: ``quality_network.py --peers``, with what our detectors said. After it: a table.
nDPI names *risks* of single flows, which is another question than ours. The comparison leans to its side: a risk counts
for every behaviour it may mean, on a harmless recording it is right when one of them is allowed there, and remarks on
hygiene (old TLS, an odd port, a bare address) count for nothing, because as accusations they would mostly be wrong.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality_network import Outcome

READER = "ndpiReader"
LONGEST_S = 120
"""One recording; the longest here takes it a few seconds."""
MEANINGS: dict[str, frozenset[str]] = {
    "XSS Attack": frozenset({"web_attack"}),
    "SQL Injection": frozenset({"web_attack"}),
    "RCE Injection": frozenset({"web_attack", "exploit_attempt"}),
    "HTTP Suspicious User-Agent": frozenset({"web_attack", "exploit_attempt", "c2_channel"}),
    "HTTP Suspicious URL": frozenset({"web_attack"}),
    "HTTP Suspicious Header": frozenset({"web_attack", "exploit_attempt"}),
    "HTTP Suspicious Content": frozenset({"malware_download", "c2_channel"}),
    "Binary Application Transfer": frozenset({"malware_download", "exploit_kit", "exploit_legacy_client"}),
    "Possible Exploit Detected": frozenset({"exploit_attempt", "exploit_kit", "exploit_legacy_client"}),
    "Suspicious DGA Domain name": frozenset({"dga", "dns_tunnel", "c2_channel", "tor"}),
    "Suspicious DNS Traffic": frozenset({"dns_tunnel"}),
    "Clear-Text Credentials": frozenset({"cleartext_credentials"}),
    "TLS Expired Certificate": frozenset({"suspicious_tls"}),
    "Possibly Malicious JA3 Fingerprint": frozenset({"suspicious_tls", "c2_channel"}),
    "Possibly Malicious SSL Cert. SHA1 Fingerprint": frozenset({"suspicious_tls", "c2_channel"}),
}
"""Risk as nDPI 4.2 names it -> the behaviours it may mean. Risks that are not here are remarks."""
ELSEWHERE = (
    ("KitNET (Kitsune)", "area under the curve 0.71 over recordings"),
    ("isolation forest", "area under the curve 0.73 over recordings"),
    ("autoencoder", "area under the curve 0.64 over recordings"),
    ("boosted trees on labelled flows", "area under the curve 0.83; 0.55 to 0.93 on a source left out of training"),
    ("a first prototype of rules", "136 of 195 labels, 24 of 478 harmless recordings wrong"),
)
"""Told in the notes that come with the recordings; none of it was run here."""
_SECTION = re.compile(r"^Risk stats .*?$(.*?)^\s*NOTE:", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^\t(\S.*?) +\d+ \[", re.MULTILINE)
_VERSION = re.compile(r"nDPI[ (]+(\d+(?:\.\d+)+)")


@dataclass(frozen=True, slots=True)
class Said:
    """What nDPI said about one recording."""

    risks: frozenset[str]
    is_read: bool
    """False: it failed, or gave up."""

    @property
    def reasons(self) -> set[str]:
        """List every behaviour that its risks may mean."""
        return {reason for risk in self.risks for reason in MEANINGS.get(risk, ())}

    def is_wrong(self, allowed: frozenset[str]) -> bool:
        """Tell whether a risk on a harmless recording means nothing that is allowed there."""
        return any(risk in MEANINGS and not MEANINGS[risk] & allowed for risk in self.risks)


def print_peers(outcomes: Sequence[Outcome], folder: Path) -> None:
    """Run the peers over the recordings that were measured, and print both sides.

    Args:
        outcomes: What our detectors said about each recording.
        folder: Where the recordings are.
    """
    print("\nother programs on the same recordings")
    reader = shutil.which(READER)
    if reader is None:
        print(f"  nDPI: not installed ({READER})")
    else:
        _print_both(outcomes, [ask_ndpi(reader, folder / one.entry.file) for one in outcomes], _version_of(reader))
    for name, figure in ELSEWHERE:
        print(f"  {name}: {figure} (as published with the recordings, not run here)")


def ask_ndpi(reader: str, capture: Path) -> Said:
    """Have one recording read; only the names of risks are taken from the answer."""
    try:
        done = subprocess.run(
            [reader, "-i", str(capture)],
            capture_output=True,
            timeout=LONGEST_S,
            check=False,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        return Said(frozenset(), is_read=False)
    return Said(read_risks(done.stdout), is_read=done.returncode == 0)


def read_risks(answer: str) -> frozenset[str]:
    """Take the names of risks from the statistics that ndpiReader prints."""
    section = _SECTION.search(answer)
    return frozenset(_LINE.findall(section[1])) if section else frozenset()


def _version_of(reader: str) -> str:
    answer = subprocess.run([reader, "-h"], capture_output=True, check=False, text=True, errors="replace")
    found = _VERSION.search(answer.stdout)
    return found[1] if found else "of unknown version"


def _print_both(outcomes: Sequence[Outcome], said: Sequence[Said], version: str) -> None:
    both = list(zip(outcomes, said, strict=True))
    totals = Counter(label for one in outcomes for label in one.entry.labels)
    ours = Counter(label for one in outcomes for label in one.entry.labels & one.loud)
    theirs = Counter(label for one, peer in both for label in one.entry.labels & peer.reasons)
    print(f"{'behaviour':32}{'ours':>9}{f'nDPI {version}':>14}")
    for label, total in totals.most_common():
        print(f"{label:32}{f'{ours[label]}/{total}':>9}{f'{theirs[label]}/{total}':>14}")
    harmless = [(one, peer) for one, peer in both if one.entry.category == "benign"]
    our_wrong = sum(bool(one.entry.wrong(one.loud)) for one, _ in harmless)
    their_wrong = sum(peer.is_wrong(one.entry.allowed) for one, peer in harmless)
    print(f"{f'harmless wrong, of {len(harmless)}':32}{our_wrong:>9}{their_wrong:>14}")
    print(f"{'could not be read':32}{'':>9}{sum(not peer.is_read for peer in said):>14}")
    remarks = {risk for peer in said for risk in peer.risks} - set(MEANINGS)
    print(f"  remarks that count for nothing: {', '.join(sorted(remarks)) or 'none'}")
