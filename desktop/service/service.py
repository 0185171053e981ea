"""The one thing both faces talk to: check, findings, judgements, explanations, history.

Before this on the path: a click or a command. After it: events and kept facts. It knows no Qt and reads nothing that
strangers wrote; the worker does that, behind its wall.
"""

from __future__ import annotations

import contextlib
import functools
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

from desktop.service import export
from desktop.service.activity import ActivityView, PacketView, packet_view
from desktop.service.canaries import CanaryKeeper, erase_canaries
from desktop.service.checking import RunJob
from desktop.service.checks import Checks
from desktop.service.computer import own_addresses
from desktop.service.contacts import Contact, Helper, contacts_of, helper_of, read_contacts
from desktop.service.events import Control
from desktop.service.explain import Explainer, Explanation, Office
from desktop.service.home import DAYS, NEWEST, HomeState, home_state
from desktop.service.keeping.activity_book import ActivityBook
from desktop.service.keeping.database import Database, copy_aside, delete_files
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.kept import JournalLine, KeptFinding, RunFacts
from desktop.service.keeping.program_book import ProgramBook
from desktop.service.keeping.retention import forget_old
from desktop.service.keeping.store import Store
from desktop.service.learning.learning import OWN_KEYS, OWN_MODELS, Learning
from desktop.service.places import Places
from desktop.service.programs import ProgramStory, ProgramsView, findings_about
from desktop.service.selftest import SelftestLine, selftest_lines
from desktop.service.settings import Settings
from desktop.service.skipping import skip_text
from desktop.service.summary import summary_text
from desktop.service.texts import LANGUAGES, Texts, system_language
from detectors.contract.errors import (
    InputUnreadable,
    PlainwatchError,
    SettingRefused,
    SkippedCheck,
    StoreBusy,
    StoreFull,
)
from detectors.contract.finding import Finding, Severity
from detectors.contract.places import facts_of_this_computer, known_places
from detectors.worker.parent import run_job as do_job
from detectors.worker.wire import CheckRules, PacketShown, PacketsWritten, RulesChecked, TakePackets

PROGRAM_FOLDER = Path(__file__).resolve().parents[2]
"""Where ``resources`` and ``rules`` lie."""
RULES_CACHE = "compiled-rules"
"""Folder of the worker's compiled rules, beside the database."""
KNOWN_DAYS = 30
"""How long "this is fine" holds unless a person says otherwise."""
JUDGEMENTS = ("known", "worried")
ALL_RUNS = 1000
"""Runs the home page looks back on; a week holds far fewer."""


class Service(Checks):
    """Everything Plainwatch can do. One thread writes; any may read."""

    def __init__(
        self,
        data_folder: Path,
        *,
        keep: bool = True,
        run_job: RunJob | None = None,
        program_folder: Path = PROGRAM_FOLDER,
    ) -> None:
        """Open what is kept.

        Args:
            data_folder: private folder of this person.
            keep: False looks only: earlier judgements and settings count, nothing new is kept.
            run_job: how a job is done; tests put a stand-in here.
            program_folder: where ``resources`` and ``rules`` lie.

        Raises:
            StoreDamaged, StoreFull, StoreTooNew: what is kept cannot be used; ``start_fresh`` helps with the first.
        """
        self.data_folder = data_folder
        self._keep = keep
        self._run_job = run_job or functools.partial(do_job, own_models=data_folder / OWN_MODELS)
        self._program_folder = program_folder
        self._database = Database(data_folder if keep else None)
        if not keep:
            self._database.copy_from(data_folder)
        self._store = Store(self._database)
        self._findings = Findings(self._database)
        self._journal = Journal(self._database)
        self._activity = ActivityBook(self._database)
        self._programs = ProgramBook(self._database)
        self._places = Places(self._run_job)
        self.settings = Settings(self._journal)
        self.learning = Learning(program_folder, data_folder, self._database, self._journal, self._run_job)
        self._forget_old()
        self.texts = Texts(program_folder / "resources" / "texts")
        rates = self.learning.rates()
        self._explainer = Explainer(self.texts, program_folder / "resources" / "explanations", rates.of)
        note_of = lambda: self.texts.get("canary.note", self.language)  # noqa: E731 - asked when one is made
        can_write = keep and not self.is_read_only
        self.canaries = CanaryKeeper(data_folder, self.settings, self._journal, note_of, can_write=can_write)
        self._contacts = read_contacts(program_folder / "resources" / "contacts.toml")
        self._computer_facts = facts_of_this_computer()

    @staticmethod
    def start_fresh(data_folder: Path) -> Path:
        """Put a damaged database aside, unchanged, so that a fresh one can start; returns where it is now."""
        return copy_aside(data_folder)

    @property
    def is_read_only(self) -> bool:
        """True when earlier findings can be read but nothing new can be kept."""
        return self._database.is_read_only

    # --- findings -----------------------------------------------------------------------------------------------
    def findings(
        self, *, state: str = "open", min_severity: Severity | None = None, search: str = "", limit: int | None = None
    ) -> list[KeptFinding]:
        """List kept findings: worried ones first, then the most serious, then the newest."""
        return self._findings.select(
            state=state, min_severity=min_severity, search=search, limit=limit, last_visit=self._last_visit()
        )

    def finding(self, finding_id: str) -> KeptFinding:
        """Find one by its id or by a beginning that only one has.

        Raises:
            FindingUnknown: none, or more than one, begins so.
        """
        return self._findings.get(finding_id, self._last_visit())

    def judge(self, finding_id: str, judgement: str, *, scope: str = "file", days: int | None = KNOWN_DAYS) -> int:
        """Keep what a person says of a finding.

        Args:
            finding_id: id, or a beginning of it.
            judgement: ``known`` (this is fine) or ``worried``.
            scope: ``file``: this file, as long as it does not change.
            days: how long ``known`` holds; None: until the file changes.

        Returns:
            The journal id to undo it with.
        """
        if judgement not in JUDGEMENTS:
            raise SettingRefused(name="judgement", value=judgement, allowed=list(JUDGEMENTS))
        if scope != "file":
            raise SettingRefused(name="scope", value=scope, allowed=["file"])
        until = datetime.now(UTC) + timedelta(days=days) if days is not None and judgement == "known" else None
        return self._journal.judge(self.finding(finding_id).finding, judgement, scope=scope, until=until)

    def undo(self, journal_id: int) -> None:
        """Take one act back.

        Raises:
            FindingUnknown: there is no such line in the journal.
        """
        line = self._journal.undo(journal_id)
        self.settings.forget()
        self.canaries.follow_undo(line)
        self.learning.training().follow_undo(line)

    def journal(self, limit: int = 200) -> list[JournalLine]:
        """List what was decided, the newest first."""
        return self._journal.lines(limit)

    def note_visit(self) -> None:
        """Keep that a person has seen everything up to now; call it when they leave."""
        if not self.is_read_only:
            self._journal.remember("last_visit_at", datetime.now(UTC).isoformat())

    # --- words --------------------------------------------------------------------------------------------------
    @property
    def language(self) -> str:
        """The language a person reads here."""
        return self.settings.text("language") or system_language()

    def explain(self, finding: Finding, language: str | None = None) -> Explanation:
        """Say a finding in plain words."""
        return self._explainer.explain(finding, self._language(language), self.office())

    def office(self) -> Office:
        """Tell what explanations need to know about this place."""
        return Office(
            system=self._computer_facts.system,
            places=known_places(self._computer_facts),
            helper=self.helper(),
            contacts=self.contacts(),
            computer=self.settings.text("computer_name"),
            judged=self._findings.judged_by_reason,
            own_addresses=own_addresses(),
        )

    def helper(self) -> Helper | None:
        """Tell whom this office calls; None until somebody has answered that."""
        return helper_of(self.settings)

    def contacts(self) -> list[Contact]:
        """List the national contacts, the first to call first."""
        return contacts_of(self._contacts, self.settings.text("country"))

    def summary_for_helper(self, finding_ids: Sequence[str], language: str | None = None) -> str:
        """Write a plain text about some findings, for the clipboard."""
        chosen, office = self._language(language), self.office()
        kept = [self.finding(finding_id) for finding_id in finding_ids]
        parts = [(one, self._explainer.explain(one.finding, chosen, office)) for one in kept]
        now = datetime.now(UTC).astimezone()
        return summary_text(parts, self.texts, chosen, computer=office.computer, now=now)

    def skip_text(self, skipped: SkippedCheck, language: str | None = None) -> str:
        """Say why something was not, or not fully, looked at; where there are several reasons, all of them."""
        return skip_text(skipped, self.texts, self._language(language))

    def error_text(self, error: PlainwatchError, language: str | None = None) -> str:
        """Say what went wrong and what to do."""
        code = error.code if self.texts.has(f"error.{error.code}") else "unexpected"
        return self.texts.get(f"error.{code}", self._language(language), **error.values)

    # --- history ------------------------------------------------------------------------------------------------
    def runs(self, limit: int = 20) -> list[RunFacts]:
        """List checks, the newest first."""
        return self._store.runs(limit)

    def last_run(self) -> RunFacts | None:
        """Tell the last check that ended."""
        return next((run for run in self.runs() if run.ended_at is not None), None)

    def skipped_of(self, run_id: int) -> list[SkippedCheck]:
        """List what one check did not, or not fully, look at."""
        return self._store.skipped_of(run_id)

    def activity(
        self, since: datetime | None = None, until: datetime | None = None, source: str | None = None
    ) -> ActivityView:
        """Tell who talked to whom: on this computer, else in the recording that was checked last.

        Args:
            since: from when on; by default everything that is kept.
            until: until when.
            source: a recording, as it was given.
        """
        return self._places.fill(self._activity.view(since, until, source))

    def programs(
        self, source: str | None = None, since: datetime | None = None, until: datetime | None = None
    ) -> ProgramsView:
        """Tell what runs and ran: on this computer, else in the recording that was checked last.

        Args:
            source: a recording, as it was given; empty: this computer.
            since: leave out what had ended before.
            until: leave out what began later.
        """
        return self._programs.view(source, since, until)

    def program_story(self, key: str, source: str | None = None) -> ProgramStory | None:
        """Tell everything around one program; None when it is not kept (any more)."""
        family = self._programs.family(key, source)
        if family is None:
            return None
        where, row, chain, children = family
        kept = findings_about((row, *chain), where, self.findings(state="open"))
        is_running, loads = self._programs.is_running(row, where), self._programs.loads(row, where)
        return ProgramStory(row, chain, children, kept, is_running, loads)

    def packet(self, finding_id: str, number: int, control: Control | None = None) -> PacketView:
        """Take one packet of a finding's recording apart.

        Raises:
            FindingUnknown: there is no such finding.
            InputUnreadable: the recording is gone, or has no such packet.
        """
        path = self._recording_of(self.finding(finding_id).finding)
        reports = list(self._run_job(TakePackets(path, (number,)), control or Control()))
        shown = next((report for report in reports if isinstance(report, PacketShown)), None)
        if shown is None:
            raise InputUnreadable(path=path)
        return packet_view(shown)

    def export_packets(self, finding_id: str, path: Path, control: Control | None = None) -> int:
        """Write the packets that a finding rests on as pcapng; returns how many.

        Raises:
            FindingUnknown: there is no such finding.
            InputUnreadable: it rests on no recording, or that is gone.
            StoreFull: the file cannot be written.
        """
        finding = self.finding(finding_id).finding
        job = TakePackets(self._recording_of(finding), finding.records, str(path.absolute()))
        reports = list(self._run_job(job, control or Control()))
        return sum(report.packets for report in reports if isinstance(report, PacketsWritten))

    def _recording_of(self, finding: Finding) -> str:
        """Find the recording a finding rests on: it was named as seen from where the check was started."""
        if finding.subject.kind != "host" or not finding.records:
            raise InputUnreadable(path=finding.source)
        return self._store.input_named(finding.id, finding.source) or finding.source

    def home(self) -> HomeState:
        """Draw the state of this computer."""
        now = datetime.now(UTC).astimezone()
        return home_state(
            self._findings.open_counts(),
            self._findings.newest_open(NEWEST, self._last_visit()),
            self._findings.arrivals(now - timedelta(days=DAYS + 1)),
            self.runs(ALL_RUNS),
            helper=self.helper(),
            drift=self.learning.light(),
            now=now,
        )

    def export(
        self, form: str, stream: TextIO, language: str | None = None, min_severity: Severity | None = None
    ) -> int:
        """Write kept findings as ``jsonl`` or ``csv``; returns how many."""
        chosen, office = self._language(language), self.office()
        writers = {"jsonl": export.export_jsonl, "csv": export.export_csv}
        if form not in writers:
            raise SettingRefused(name="format", value=form, allowed=sorted(writers))
        kept = self.findings(state="all", min_severity=min_severity)
        return writers[form](kept, lambda finding: self._explainer.explain(finding, chosen, office), stream)

    # --- rules, selftest, deletion ------------------------------------------------------------------------------
    def rules(self) -> RulesChecked:
        """Compile our own file rules and tell what is in them."""
        return self.check_rules(self._program_folder / "rules" / "files")

    def check_rules(self, path: Path) -> RulesChecked:
        """Compile a rule file or folder, in the worker, and tell what is in it and what is wrong with it.

        Raises:
            InputUnreadable: there is no such path.
        """
        if not path.exists():
            raise InputUnreadable(path=str(path))
        reports = list(self._run_job(CheckRules(str(path)), Control()))
        found = [report for report in reports if isinstance(report, RulesChecked)]
        return RulesChecked(
            tuple(rule for report in found for rule in report.rules),
            tuple(problem for report in found for problem in report.problems),
        )

    def selftest(self, control: Control, language: str | None = None) -> Iterator[SelftestLine]:
        """Try every detector on harmless built-in samples; nothing of it is kept."""
        folder = self._program_folder / "resources" / "selftest"
        return selftest_lines(folder, self._run_job, control, self.texts, self._language(language))

    @staticmethod
    def erase_unread(data_folder: Path) -> tuple[str, ...]:
        """Delete everything that is kept without reading it: what is damaged or too new goes as well.

        Returns:
            Canary files that somebody changed: they are no longer ours alone, and stay.

        Raises:
            StoreFull: the list of canary files cannot be written.
        """
        left = erase_canaries(data_folder)
        delete_files(data_folder)
        for name in (RULES_CACHE, OWN_MODELS, OWN_KEYS):
            shutil.rmtree(data_folder / name, ignore_errors=True)
        return left

    def erase(self) -> None:
        """Delete everything that is kept: findings, history, judgements, settings and compiled rules."""
        self._database.delete()
        if self._keep:
            self.erase_unread(self.data_folder)
        self.settings.forget()

    def close(self) -> None:
        """Close what is kept."""
        self._database.close()

    def _language(self, language: str | None) -> str:
        return language if language in LANGUAGES else self.language

    def _forget_old(self) -> None:
        """Keep no longer than people here want; a disk that is full now is no reason not to open."""
        if self._keep and not self.is_read_only:
            with contextlib.suppress(StoreFull, StoreBusy):
                forget_old(
                    self._database,
                    findings_days=self.settings.number("keep_findings_days"),
                    journal_days=self.settings.number("keep_journal_days"),
                )

    def _last_visit(self) -> datetime | None:
        value = self._journal.settings().get("last_visit_at")
        return datetime.fromisoformat(value) if isinstance(value, str) else None

    def _cache_folder(self) -> str | None:
        """Give the worker a private folder for compiled rules; none when nothing is to be kept."""
        return str(self.data_folder / RULES_CACHE) if self._keep and not self.is_read_only else None
