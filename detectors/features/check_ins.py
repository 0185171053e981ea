"""Tells a program that reports to its master from people and other programs, by the shape of its web requests.

Before this on the path: requests of one client to one server. After it: ``beaconing``.
The shape: nobody clicked (no Referer), and the server mostly says the same few bytes ("nothing to do").
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from detectors.contract.conversations import HttpExchange

PLAIN_METHODS = frozenset({"GET", "POST"})
MIN_PLAIN = 0.9
"""Share of requests that are GET or POST; test tools try the others."""
MAX_REFERRED = 0.2
"""Share of requests that came from a page."""
MAX_ANSWER_BYTES = 10_000
"""Middle size of the answers; pictures and pieces of films are larger."""
MIN_SAME_ANSWER = 0.5
"""Share of the answers that have the commonest size."""
MIN_SAME_POLL = 0.7
MIN_POSTED = 0.6
ONLINE_CHECKS = (
    "/generate_204", "/gen_204", "/connecttest.txt", "/ncsi.txt", "/hotspot-detect.html", "/success.txt",
    "/canonical.html", "/nm-check.txt", "/check_network_status.txt",
)  # fmt: skip
"""What systems ask for to learn whether they are online; some call themselves browsers for it."""
MIN_EACH = 2
"""Times that a path must be asked for to count as one of several disguises."""


@dataclass(frozen=True, slots=True)
class CheckIns:
    """What requests of one client to one server have in common."""

    is_silent: bool
    """Nobody clicked, and the answers are small."""
    same_answer: float
    """Share of the answers that have the commonest size."""
    answer_bytes: int
    """That size."""
    disguises: int
    """Different paths that lead to the same answer, one at a time."""
    is_posing: bool
    """It calls itself a browser and lacks what every browser sends."""
    posted: float
    """Share of requests that send something."""
    same_body: float
    """Share of those whose size is the commonest one."""

    @property
    def is_disguised(self) -> bool:
        """Tell whether several addresses of pages all stand for the same empty answer."""
        says_something = self.answer_bytes > 0
        return self.is_silent and says_something and self.disguises > 1 and self.same_answer >= MIN_SAME_ANSWER

    @property
    def is_report(self) -> bool:
        """Tell whether the same form is sent again and again and the answer is always the same."""
        is_steady = max(self.same_answer, self.same_body) >= MIN_SAME_ANSWER
        return self.is_silent and self.posted >= MIN_POSTED and is_steady

    @property
    def is_poll_in_disguise(self) -> bool:
        """Tell whether something that poses as a browser asks for the same answer again and again."""
        return self.is_silent and self.is_posing and self.same_answer >= MIN_SAME_POLL


def shape_of(requests: Sequence[HttpExchange]) -> CheckIns:
    """Measure the shape of some requests, in time order; there is at least one."""
    count = len(requests)
    plain = sum(one.method in PLAIN_METHODS for one in requests)
    referred = sum("referer" in one.headers for one in requests)
    answers = Counter(one.answer_bytes for one in requests)
    answer_bytes, same = answers.most_common(1)[0]
    paths = Counter(one.target.partition("?")[0] for one in requests if one.answer_bytes == answer_bytes)
    bodies = Counter(one.body_bytes for one in requests if one.method == "POST")
    posted = sum(bodies.values())
    posing = sum(_poses(one) for one in requests)
    return CheckIns(
        is_silent=plain >= MIN_PLAIN * count
        and referred <= MAX_REFERRED * count
        and statistics.median(one.answer_bytes for one in requests) <= MAX_ANSWER_BYTES,
        same_answer=same / count,
        answer_bytes=answer_bytes,
        disguises=sum(times >= MIN_EACH for times in paths.values()),
        is_posing=posing >= MIN_PLAIN * count,
        posted=posted / count,
        same_body=max(bodies.values(), default=0) / max(posted, 1),
    )


def _poses(request: HttpExchange) -> bool:
    """Tell whether a request hides who sends it: no name at all, or a browser's without its language."""
    if request.target.startswith(ONLINE_CHECKS):
        return False
    says_browser = request.user_agent.startswith("Mozilla/") and "accept-language" not in request.headers
    return says_browser or not request.user_agent
