"""Lines of the Linux audit log become program starts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry.audit_log import AuditLog, read_fields
from detectors.telemetry.start_events import SeenStart

HEAD = "msg=audit(1700000000.250:77):"
SYSCALL = (
    f"type=SYSCALL {HEAD} arch=c000003e syscall=59 success=yes exit=0 a0=55d items=2 ppid=100 pid=200 auid=1000 "
    'uid=0 gid=0 tty=pts1 comm="tar" exe="/usr/bin/tar" key="starts"\x1dARCH=x86_64 UID="root"'
)


class Names:
    def name(self, user_id: int) -> str:
        return {0: "root", 1000: "anna"}[user_id]


def read(*lines: str) -> list[SeenStart]:
    log = AuditLog(Names())
    return [event for line in lines for event in log.feed(line)] + list(log.finish())


def test_the_lines_of_one_start_become_one_program():
    (seen,) = read(
        SYSCALL,
        f'type=EXECVE {HEAD} argc=3 a0="tar" a1="-cf" a2=2F746D702F6120622E746172',
        f'type=CWD {HEAD} cwd="/home/anna"',
        f"type=EOE {HEAD}",
    )
    program = seen.program
    assert (program.pid, program.parent_pid, program.name, program.path) == (200, 100, "tar", "/usr/bin/tar")
    assert program.arguments == ("tar", "-cf", "/tmp/a b.tar")
    assert program.command == "tar -cf /tmp/a b.tar"
    assert (program.user, program.folder, program.started_s, seen.at_s) == (
        "root",
        "/home/anna",
        1700000000.25,
        1700000000.25,
    )


def test_a_start_is_told_when_its_last_line_came_and_not_before():
    log = AuditLog(Names())
    assert list(log.feed(SYSCALL)) == []
    assert len(list(log.feed(f"type=EOE {HEAD}"))) == 1
    assert list(log.finish()) == []


def test_lines_of_two_starts_may_be_mixed():
    other = SYSCALL.replace(":77)", ":78)").replace(" pid=200", " pid=201")
    found = read(
        SYSCALL, other, f'type=EXECVE {HEAD.replace("77", "78")} argc=1 a0="two"', f'type=EXECVE {HEAD} argc=1 a0="one"'
    )
    assert {(one.program.pid, one.program.command) for one in found} == {(200, "one"), (201, "two")}


def test_a_long_argument_comes_in_pieces():
    (seen,) = read(
        SYSCALL, f'type=EXECVE {HEAD} argc=2 a0="sh" a1_len=8 a1[0]=61626364', f"type=EXECVE {HEAD} a1[1]=65666768"
    )
    assert seen.program.arguments == ("sh", "abcdefgh")


def test_without_its_arguments_the_command_is_unknown_and_not_empty():
    (seen,) = read(SYSCALL)
    assert seen.program.command is None
    assert seen.program.arguments is None


def test_other_calls_and_starts_that_failed_are_no_programs():
    assert read(SYSCALL.replace("syscall=59", "syscall=2"), f"type=EOE {HEAD}") == []
    assert read(SYSCALL.replace("success=yes", "success=no"), f"type=EOE {HEAD}") == []
    assert read(SYSCALL.replace("syscall=59", "syscall=11")) == []
    assert len(read(SYSCALL.replace("syscall=59", "syscall=11").replace("c000003e", "40000003"))) == 1


def test_a_name_that_is_not_text_is_kept_byte_for_byte():
    (seen,) = read(SYSCALL.replace('comm="tar"', "comm=3C623EFF0A"))
    assert seen.program.name == "<b>\udcff\n"


def test_a_start_without_a_number_is_counted_as_refused():
    log = AuditLog(Names())
    assert list(log.feed(SYSCALL.replace(" pid=200", " pid=nine"))) == []
    assert list(log.feed(f"type=EOE {HEAD}")) == []
    assert log.refused == 1


def test_starts_that_never_end_do_not_fill_memory():
    log = AuditLog(Names())
    told = sum(len(list(log.feed(SYSCALL.replace(":77)", f":{number})")))) for number in range(3_000))
    assert told == 2_000
    assert len(list(log.finish())) == 1_000


def test_quoted_values_may_hold_spaces_and_signs():
    assert read_fields(' a="x y=z" b=7 c="open') == {"a": '"x y=z"', "b": "7", "c": '"open'}


@given(st.text(max_size=300))
def test_no_line_ever_raises(text):
    log = AuditLog(Names())
    for line in (
        text,
        f"type=EXECVE {HEAD} {text}",
        f"type=SYSCALL {HEAD} syscall=59 pid=1 uid=0 {text}",
        f"type=EOE {HEAD}",
    ):
        for event in log.feed(line):
            assert event.program.system == "linux"
