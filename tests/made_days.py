"""Makes whole working days of made-up offices, hour by hour, and takes them the real way into a real store.

Every look is a ``Traffic`` and a ``Programs``, judged by the real detectors with the shipped models, counted by the real
meter, kept by the real book. Only packets and clocks are made up. An office is drawn by its seed: what its people do,
how much, with which servers and programs. Days of one office differ as days do: quiet ones and busy ones, a day of
updates, a day of calls. ``tests`` and ``benchmarks/drift.py`` use the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.service.keeping.baseline_book import BaselineBook, LookSeen, save_look
from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.store import Counts, Store
from desktop.service.learning.again import LearningAgain
from desktop.service.learning.baseline import COLUMNS, LEARNING_DAYS, Baseline
from desktop.service.learning.drift import Drift
from desktop.service.learning.views import DriftView, Light
from detectors.contract.conversations import DnsMessage
from detectors.contract.detector import DetectorContext
from detectors.contract.finding import Finding
from detectors.contract.programs import Program
from detectors.contract.traffic import TCP, UDP
from detectors.features.spread_counting import LookMeter
from detectors.unusual_program import UnusualProgram
from detectors.unusual_traffic import UnusualTraffic
from tests.program_factories import program, programs
from tests.traffic_factories import Columns, make_datagrams, make_dns, make_flows, make_traffic, make_unanswered

ROOT = Path(__file__).parents[1]
FIRST_DAY = date(2026, 3, 2)
"""A Monday."""
HOME_PC = "192.168.1.10"
LOOKS_A_DAY = 3
LOOK_S = 900.0
"""A look sees a quarter of an hour."""
PROGRAMS: tuple[tuple[str, str, str], ...] = (
    ("explorer.exe", "winword.exe", '"C:\\Program Files\\Office\\winword.exe" /n "C:\\Users\\maria\\letter {n}.docx"'),
    ("explorer.exe", "excel.exe", '"C:\\Program Files\\Office\\excel.exe" "C:\\Users\\maria\\list {n}.xlsx"'),
    ("explorer.exe", "msedge.exe", '"C:\\Program Files\\Edge\\msedge.exe" --profile-directory=Default'),
    ("msedge.exe", "msedge.exe", '"C:\\Program Files\\Edge\\msedge.exe" --type=renderer --lang=en --id={n}'),
    ("services.exe", "svchost.exe", "C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule"),
    ("svchost.exe", "taskhostw.exe", "taskhostw.exe Install $(Arg0)"),
    ("explorer.exe", "outlook.exe", '"C:\\Program Files\\Office\\outlook.exe"'),
    ("outlook.exe", "acrord32.exe", '"C:\\Program Files\\Reader\\acrord32.exe" "C:\\Users\\maria\\bill {n}.pdf"'),
    ("svchost.exe", "wuauclt.exe", "wuauclt.exe /UpdateDeploymentProvider UpdateDeploymentProvider.dll"),
    ("explorer.exe", "teams.exe", '"C:\\Program Files\\Teams\\teams.exe" --process-start-args'),
    ("explorer.exe", "notepad.exe", "notepad.exe C:\\Users\\maria\\notes.txt"),
    ("services.exe", "spoolsv.exe", "C:\\Windows\\System32\\spoolsv.exe"),
)
"""Parent, program and command of the ordinary work."""
OTHER_PROGRAMS: tuple[tuple[str, str, str], ...] = (
    ("explorer.exe", "soffice.exe", '"C:\\Program Files\\Libre\\soffice.exe" --writer D:\\shared\\offer_{n}.odt'),
    ("soffice.exe", "soffice.bin", '"C:\\Program Files\\Libre\\soffice.bin" --splash-pipe={n}'),
    ("explorer.exe", "firefox.exe", '"C:\\Program Files\\Firefox\\firefox.exe" -P work'),
    ("firefox.exe", "firefox.exe", '"C:\\Program Files\\Firefox\\firefox.exe" -contentproc --channel={n} tab'),
    ("explorer.exe", "thunderbird.exe", '"C:\\Program Files\\Thunderbird\\thunderbird.exe"'),
    ("explorer.exe", "vpn-client.exe", '"C:\\Program Files\\Vpn\\vpn-client.exe" --profile city --port {n}'),
    ("vpn-client.exe", "route.exe", "route.exe add 10.20.{n}.0 mask 255.255.255.0 10.20.0.1"),
    ("explorer.exe", "crm.exe", '"D:\\apps\\crm\\crm.exe" --database=city --customer={n}'),
)
"""What the programs of another office look like."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How an office works."""

    name: str
    hours: tuple[int, int] = (8, 17)
    """First and last hour of work; the last may lie behind midnight."""
    flows: float = 60.0
    """Connections in a look."""
    starts: float = 20.0
    """Program starts in a look."""
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    quiet_days: tuple[int, ...] = ()
    """Weekdays on which a third is done."""
    holiday: tuple[int, int] | None = None
    """First and last day without work, counted from the first one."""
    computers: int = 1


SHAPES = (
    Shape("small office"),
    Shape("large office", flows=160, starts=45, computers=12),
    Shape("part-time", hours=(8, 12), weekdays=(0, 2, 3)),
    Shape("quiet Friday", quiet_days=(4,)),
    Shape("holiday", holiday=(21, 31)),
    Shape("night shift", hours=(22, 29)),
)

_TALKS: dict[str, tuple[int | str | None, float, float, float, dict[str, Any]]] = {
    "web": (None, 0.1, 1, 1, {}),
    "mail": (0, 0.02, 0.2, 1, {"server_port": 993}),
    "share": ("192.168.1.5", 1, 3, 2, {"server_port": 445, "service": "smb"}),
    "lookup": ("192.168.1.1", 0, 0, 0.02, {"server_port": 53, "service": "dns"}),
    "cloud": (1, 6, 0.2, 3, {}),
    "call": (2, 30, 30, 60, {"protocol": UDP, "server_port": 3478, "service": ""}),
    "print": ("192.168.1.9", 4, 0, 1, {"server_port": 9100, "service": ""}),
    "intranet": ("192.168.1.6", 0, 1, 1, {"server_port": 80, "service": "http"}),
    "update": (3, 0, 200, 5, {"server_port": 80, "service": "http"}),
    "time": (4, 0, 0, 0.02, {"server_port": 123, "service": "ntp"}),
}
"""Kind of work -> with whom (an address, a site's number, any site), bytes sent and received in sizes of that site,
how many times as long as a page, and what else is different about it."""
_KINDS = tuple(_TALKS)


@dataclass(slots=True)
class Office:
    """One office, drawn by its seed; ``move`` makes it another one in the same computer."""

    shape: Shape
    seed: int
    has_moved: bool = False
    rise: float = 1.0
    """Scores are this many times what the models say: what somebody would do who makes a computer look louder."""
    dice: np.random.Generator = field(init=False)
    amounts: NDArray[np.float64] = field(init=False)
    sites: list[str] = field(init=False)
    sizes: NDArray[np.float64] = field(init=False)
    tools: Sequence[tuple[str, str, str]] = PROGRAMS
    habit: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self._draw(self.seed)

    def _draw(self, seed: int) -> None:
        """Draw what people do here, and with whom."""
        self.dice = np.random.default_rng(seed)
        usual = np.array([8, 3, 3, 5, 1.5, 0.4, 0.5, 1.5, 0.2, 0.5])
        self.amounts = usual * self.dice.lognormal(0, 0.4, len(_KINDS))
        network = int(self.dice.integers(30, 200))
        self.sites = [f"{network}.{self.dice.integers(1, 250)}.7.{number}" for number in range(1, 60)]
        self.sizes = self.dice.lognormal(9, 1.2, len(self.sites))
        self.habit = self.dice.lognormal(0, 0.7, len(self.tools))

    def move(self) -> None:
        """Move into another building: other servers and programs, no file share but a tunnel, two hours later."""
        self.tools = (*PROGRAMS[:6], *OTHER_PROGRAMS)
        self._draw(self.seed + 1_000)
        self.amounts[[_KINDS.index("share"), _KINDS.index("print")]] = 0
        self.amounts[[_KINDS.index("cloud"), _KINDS.index("call")]] *= 4
        first, last = self.shape.hours
        self.shape = replace(self.shape, hours=(first + 2, last + 2))
        self.has_moved = True

    def works_on(self, number: int) -> bool:
        """Tell whether anybody is at work on a day, counted from the first one."""
        if self.shape.holiday and self.shape.holiday[0] <= number <= self.shape.holiday[1]:
            return False
        return (FIRST_DAY + timedelta(days=number)).weekday() in self.shape.weekdays

    def looks(self, day: date) -> Iterator[tuple[datetime, Any, list[Program]]]:
        """Make the looks of one day: when, its traffic, its program starts."""
        mood = self.dice.lognormal(0, 0.25, len(_KINDS)) * self.dice.lognormal(0, 0.25)
        mood[_KINDS.index("update")] *= 12 if self.dice.random() < 0.1 else 1
        mood[_KINDS.index("call")] *= 6 if self.dice.random() < 0.15 else 1
        mood *= 0.33 if day.weekday() in self.shape.quiet_days else 1.0
        habit = self.habit * self.dice.lognormal(0, 0.3, len(self.habit))
        first, last = self.shape.hours
        begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
        for hour in sorted(self.dice.choice(np.arange(first, last), LOOKS_A_DAY, replace=False).tolist()):
            at = begin + timedelta(hours=hour)
            yield at, self._traffic(at.timestamp(), mood), self._starts(at.timestamp(), habit, float(mood.mean()))

    # --- traffic ------------------------------------------------------------------------------------------------
    def _traffic(self, at_s: float, mood: NDArray[np.float64]) -> Any:
        share = self.amounts * mood
        counts = np.minimum(self.dice.poisson(self.shape.flows * share / self.amounts.sum()), 400)
        counts[0] += not counts.any()
        flows, asked = [], []
        for kind, count in zip(_KINDS, counts.tolist(), strict=True):
            if count:
                made = self._flows(kind, count, at_s)
                flows += made
                asked += [self._question(made[0], row) for row in range(count)] if kind == "lookup" else []
        return make_traffic(*flows, dns=asked, source="made")

    def _question(self, flows: Columns, row: int) -> DnsMessage:
        name = f"www{self.dice.integers(40)}.office{self.seed}.example"
        return make_dns(name, at_s=float(flows["started_s"][row]), client=str(flows["client"][row]))

    def _flows(self, kind: str, count: int, at_s: float) -> list[Columns]:
        """Make all connections of one kind of work in a look; some pages do not answer."""
        places = np.minimum(self.dice.geometric(0.08, count), len(self.sites)) - 1
        sizes = self.sizes[places] * self.dice.lognormal(0, 0.8, count)
        with_whom, sends, gets, lasts, columns = _TALKS[kind]
        if isinstance(with_whom, str):
            servers = np.full(count, with_whom)
        else:
            servers = np.array(self.sites)[places if with_whom is None else np.full(count, with_whom)]
        facts: dict[str, Any] = {
            "started_s": np.sort(at_s + self.dice.random(count) * LOOK_S),
            "client": np.array([f"192.168.1.{10 + one}" for one in self.dice.integers(0, self.shape.computers, count)]),
            "client_port": self.dice.integers(49_500, 65_000, count),
            "server": servers,
            "duration_s": lasts * self.dice.lognormal(0.5, 1.0, count),
        }
        if kind in ("lookup", "time"):
            return [make_datagrams(count, is_answered=True, **facts | columns)]
        silent = int(self.dice.binomial(count, 0.03)) if kind == "web" else 0
        made = [make_flows(count, **_sizes(600 + sends * sizes, 300 + gets * sizes) | facts | columns)]
        lost = {name: column[:silent] for name, column in facts.items()}
        return [*made, make_unanswered(silent, **lost)] if silent else made

    # --- programs -----------------------------------------------------------------------------------------------
    def _starts(self, at_s: float, habit: NDArray[np.float64], mood: float) -> list[Program]:
        chosen = self.dice.choice(
            len(self.tools), int(self.dice.poisson(self.shape.starts * mood)), p=habit / habit.sum()
        )
        made = []
        for place in chosen.tolist():
            above, name, command = self.tools[place]
            number = int(self.dice.integers(10_000))
            parent = program(above, started_s=at_s - 100)
            made.append(program(name, parent=parent, command=command.format(n=number), started_s=at_s + number / 20))
        return made


def _sizes(out_bytes: NDArray[np.float64], in_bytes: NDArray[np.float64]) -> dict[str, Any]:
    """Give the columns of conversations of these sizes, in whole packets of at most 1,460 bytes."""
    facts: dict[str, Any] = {"protocol": TCP}
    for side, size in (("out", out_bytes), ("in", in_bytes)):
        packets = (size // 1_460).astype(np.int64) + 3
        per_packet = size / packets
        facts |= {
            f"{side}_packets": packets,
            f"{side}_bytes": size.astype(np.int64) + 40 * packets,
            f"{side}_payload_bytes": size.astype(np.int64),
            f"{side}_payload_packets": packets - 2,
            f"{side}_size_max": np.minimum(1_500, per_packet * 2 + 40).astype(np.int64),
            f"{side}_size_squares": packets * (per_packet * 1.3 + 40) ** 2,
        }
    return facts


class RisingMeter(LookMeter):
    """Counts scores that are higher than the models say by a factor."""

    def __init__(self, rise: float) -> None:
        super().__init__()
        self._rise = rise

    def count(self, model: str, columns: tuple[Any, ...], rows: NDArray[Any], shares: NDArray[Any]) -> None:
        super().count(model, columns, rows, np.asarray(shares) * self._rise)


class MadeComputer:
    """A computer with a real store, real detectors and models, and made-up days."""

    def __init__(self, office: Office, database: Database) -> None:
        self.office = office
        self.database = database
        self.usual = Baseline(database, Journal(database))
        self.drift = Drift(self.usual.book, COLUMNS)
        self.again = LearningAgain(self.usual, self.drift)
        self.number = -1
        """Of the day that was lived last, from 0."""
        context = DetectorContext(ROOT / "rules", None, ROOT / "models")
        self._traffic, self._programs = UnusualTraffic.build(context), UnusualProgram.build(context)
        self._store = Store(database)
        self._run = self._store.begin_run("check", "quick", {})

    @property
    def book(self) -> BaselineBook:
        return self.usual.book

    @property
    def today(self) -> date:
        return FIRST_DAY + timedelta(days=self.number)

    def live(self, days: int) -> list[DriftView]:
        """Live some working days; gives the light at the end of each."""
        lights: list[DriftView] = []
        while len(lights) < days:
            self.number += 1
            if self.office.works_on(self.number):
                self._live_a_day()
                lights.append(self.drift.view(self.today))
        return lights

    def learn_first(self) -> None:
        """Live the learning period; its end makes the first picture by itself."""
        while not self.book.versions():
            self.live(1)
            if self.number > 10 * LEARNING_DAYS:
                raise AssertionError("no picture was made")

    def _live_a_day(self) -> None:
        figures = {"sent_bytes": 0.0, "received_bytes": 0.0, "programs_started": 0.0}
        hours = set()
        for at, traffic, starts in self.office.looks(self.today):
            meter, picture = RisingMeter(self.office.rise), self.usual.picture()
            told = list(self._traffic.detect(replace(traffic, meter=meter, picture=picture)))
            if starts:
                told += self._programs.detect(programs(*starts, meter=meter, picture=picture))
            self._keep(at, meter, told)
            figures["sent_bytes"] += float(traffic.flows.out_bytes.sum())
            figures["received_bytes"] += float(traffic.flows.in_bytes.sum())
            figures["programs_started"] += len(starts)
            hours.add(at.date())
        for day in hours:  # a night shift ends on the next day
            self.book.keep_figures(day, figures | {"hours_looked": float(LOOKS_A_DAY)})
        if not self.book.versions() and sum(row.is_quiet for row in self.book.days(until=self.today)) >= LEARNING_DAYS:
            self.usual.learn("learning_period", self.book.days(until=self.today))

    def _keep(self, at: datetime, meter: LookMeter, told: Sequence[Finding]) -> None:
        """Keep what a look counted and found, as of the time at which it was made."""
        self._store.save_batch(self._run, Counts(), findings=told)
        seen = LookSeen(meter.counts(), [one.id for one in told], is_done=True)
        with self.database.writing() as connection:
            save_look(connection, seen, at)


def is_on(view: DriftView) -> bool:
    """Tell whether the light says that something has changed."""
    return view.light in (Light.CHANGED, Light.VERY_DIFFERENT)
