"""Exported Windows events become program starts and ends."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry.start_events import SeenEnd, SeenStart
from detectors.telemetry.windows_events import WindowsEvents

SPACE = "http://schemas.microsoft.com/win/2004/08/events/event"
AUDIT = {
    "SubjectUserName": "anna",
    "SubjectDomainName": "OFFICE",
    "NewProcessId": "0x1f4",
    "NewProcessName": r"C:\Windows\System32\cmd.exe",
    "ProcessId": "0x190",
    "CommandLine": "cmd.exe /c dir <here>",
    "TargetUserName": "-",
    "TargetDomainName": "-",
    "ParentProcessName": r"C:\Windows\explorer.exe",
    "MandatoryLabel": "S-1-16-8192",
}
SYSMON = {
    "UtcTime": "2023-11-14 22:13:20.250",
    "ProcessGuid": "{1}",
    "ProcessId": "500",
    "Image": r"C:\Users\anna\a.exe",
    "OriginalFileName": "b.exe",
    "CommandLine": "-",
    "CurrentDirectory": "C:\\",
    "User": r"OFFICE\anna",
    "IntegrityLevel": "High",
    "ParentProcessId": "400",
    "ParentImage": r"C:\Windows\explorer.exe",
    "ParentCommandLine": "explorer",
}


def xml(number: int, fields: dict[str, str], provider: str = "Microsoft-Windows-Security-Auditing") -> str:
    escaped = {name: value.replace("&", "&amp;").replace("<", "&lt;") for name, value in fields.items()}
    data = "".join(f"<Data Name='{name}'>{value}</Data>" for name, value in escaped.items())
    return (
        f"<Event xmlns='{SPACE}'><System><Provider Name='{provider}'/><EventID>{number}</EventID>"
        f"<TimeCreated SystemTime='2023-11-14T22:13:20.2500000Z'/></System><EventData>{data}</EventData></Event>"
    )


def only(line: str):
    (seen,) = WindowsEvents().feed(line)
    return seen


@pytest.mark.parametrize(
    "line",
    [
        xml(4688, AUDIT),
        json.dumps({"EventID": 4688, "TimeCreated": "2023-11-14T22:13:20.25Z", **AUDIT}),
        json.dumps({"winlog": {"event_id": "4688", "event_data": AUDIT}, "@timestamp": "2023-11-14T22:13:20.250Z"}),
        json.dumps(
            {
                "Event": {
                    "System": {"EventID": {"#text": 4688}, "TimeCreated": {"SystemTime": "2023-11-14T22:13:20.25Z"}},
                    "EventData": AUDIT,
                }
            }
        ),
    ],
    ids=["xml", "flat", "shipper", "converted"],
)
def test_an_audited_start_names_who_began_and_who_started_it(line):
    seen = only(line)
    program = seen.program
    assert (program.pid, program.parent_pid, program.name) == (500, 400, "cmd.exe")
    assert (program.path, program.command) == (r"C:\Windows\System32\cmd.exe", "cmd.exe /c dir <here>")
    assert (program.user, program.integrity, program.started_s) == (r"OFFICE\anna", "Medium", 1700000000.25)
    assert (seen.parent.pid, seen.parent.name) == (400, "explorer.exe")


def test_sysmon_tells_the_name_inside_the_file_too():
    seen = only(xml(1, SYSMON, "Microsoft-Windows-Sysmon"))
    program = seen.program
    assert (program.pid, program.parent_pid, program.original_name) == (500, 400, "b.exe")
    assert program.command is None  # a dash is how it says that it does not know
    assert (program.user, program.folder, program.integrity) == (r"OFFICE\anna", "C:\\", "High")
    assert (seen.parent.command, seen.at_s) == ("explorer", 1700000000.25)


def test_sysmon_tells_ends():
    ended = {"UtcTime": "2023-11-14 22:13:20.250", "ProcessGuid": "{1}", "ProcessId": "500"}
    assert only(xml(5, ended, "Microsoft-Windows-Sysmon")) == SeenEnd(500, 1700000000.25)


def test_a_trace_of_starts_knows_a_name_and_numbers_only():
    ticks = (1_700_000_000 + 11_644_473_600) * 10_000_000
    seen = only(json.dumps({"ProcessName": "cmd.exe", "ProcessID": 500, "ParentProcessID": 400, "TIME_CREATED": ticks}))
    program = seen.program
    assert (program.name, program.pid, program.parent_pid, program.started_s) == ("cmd.exe", 500, 400, 1700000000.0)
    assert program.path is None
    assert program.command is None


def test_number_one_of_another_provider_is_no_start():
    fields = {name: value for name, value in SYSMON.items() if name != "ProcessGuid"}
    assert list(WindowsEvents().feed(xml(1, fields, "Microsoft-Windows-Kernel-General"))) == []


def test_a_document_type_is_refused_unread():
    log = WindowsEvents()
    assert list(log.feed('<!DOCTYPE a [<!ENTITY b "c">]><Event>&b;</Event>')) == []
    assert log.refused == 1


@pytest.mark.parametrize(
    "line",
    ["<Event>", "<a>" * 100_000, "<a>" * 100_000 + "</a>" * 100_000, "{" * 9_000, '{"a":' * 9_000, "[]", "7", "null"],
)
def test_broken_events_never_raise(line):
    assert list(WindowsEvents().feed(line)) == []


@given(
    st.dictionaries(
        st.sampled_from([*AUDIT, *SYSMON, "EventID", "TIME_CREATED", "ProcessName", "ParentProcessID"]),
        st.text(max_size=40) | st.integers(),
    )
)
def test_no_event_ever_raises(fields):
    for number in ("4688", "1", "5", None):
        line = json.dumps(fields | ({"EventID": number} if number else {}))
        for event in WindowsEvents().feed(line):
            assert isinstance(event, SeenStart | SeenEnd)
