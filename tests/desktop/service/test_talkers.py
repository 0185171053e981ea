"""Activity is summed up by time and by who talked."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.service.activity import ActivitySource, ActivityView
from desktop.service.keeping.kept import KeptFinding
from desktop.service.talkers import (
    MOST_BUCKETS,
    MOST_NAMES,
    Span,
    draw_picture,
    findings_of,
    span_of,
    talkers_in,
    widen_today,
)
from detectors.contract.activity import ActivityRow
from detectors.contract.finding import Evidence, Severity, Subject
from tests.factories import make_finding

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
START = int(NOON.timestamp())
HERE = ActivitySource("", "live", START, START + 3600)
SPAN = Span("whole", START, START + 600, 60)


def make_row(minute=0, **changes):
    """One minute of a browser talking to one place."""
    facts = {
        "minute": START + minute * 60,
        "program": "Browser",
        "host": "192.0.2.14",
        "address": "198.51.100.7",
        "port": 443,
        "transport": "tcp",
        "service": "tls",
        "name": "www.example",
        "country": "DE",
        "owner": "Kabel",
        "maker": "",
        "out_bytes": 100,
        "in_bytes": 900,
        "contacts": 1,
    } | changes
    return ActivityRow(**facts)


def make_view(*rows, source=HERE, usual=None, left_out=0):
    return ActivityView(source, (source,), tuple(rows), left_out, usual)


def make_host_finding(at=NOON, other="198.51.100.7", severity=Severity.MEDIUM, **changes):
    facts = {
        "subject": Subject("host", "192.0.2.14"),
        "severity": severity,
        "evidence": (Evidence("other_side", other),),
        "first_seen_at": at,
        "last_seen_at": at,
        "source": "live",
        "identity": (at.date().isoformat(),),
    } | changes
    return make_finding(**facts)


def test_buckets_add_up_what_lies_in_them_and_leave_out_the_rest():
    rows = (make_row(0), make_row(0, out_bytes=20), make_row(9), make_row(10, out_bytes=5_000), make_row(-1))
    buckets = draw_picture(make_view(*rows), SPAN).buckets
    assert [one.out_bytes for one in buckets] == [120, 0, 0, 0, 0, 0, 0, 0, 0, 100]
    assert buckets[0].contacts == 2
    assert buckets[0].usual_bytes is None


def test_the_usual_is_summed_over_the_minutes_of_a_bucket():
    minute = START // 60 % 1440
    span = Span("whole", START, START + 1200, 600)
    usual = {minute: 7, minute + 1: 3, minute + 10: 50}
    buckets = draw_picture(make_view(make_row(), usual=usual), span).buckets
    assert [one.usual_bytes for one in buckets] == [10, 50]


def test_programs_come_first_and_the_busiest_on_top():
    rows = (make_row(), make_row(program="Mail", out_bytes=9_000, name="mail.example", address="203.0.113.5"))
    talkers = talkers_in(draw_picture(make_view(*rows), SPAN), "near")
    assert [(one.kind, one.title) for one in talkers] == [("program", "Mail"), ("program", "Browser")]
    assert talkers[0].places[0].name == "mail.example"
    assert (talkers[1].out_bytes, talkers[1].in_bytes, talkers[1].contacts) == (100, 900, 1)


def test_without_programs_computers_are_told():
    talkers = talkers_in(draw_picture(make_view(make_row(program="", maker="Lindenbaum")), SPAN), "near")
    assert [(one.kind, one.title, one.makers) for one in talkers] == [("computer", "192.0.2.14", ("Lindenbaum",))]


def test_what_was_only_watched_is_a_program_without_a_name_and_live_traffic_a_computer():
    watched = make_row(program="", host="0.0.0.0", address="", port=22, is_listener=True, out_bytes=0, in_bytes=0)
    source = ActivitySource("", "connections", START, START)
    talkers = talkers_in(draw_picture(make_view(watched, make_row(program=""), source=source), SPAN), "near")
    assert {(one.kind, one.title) for one in talkers} == {("program", ""), ("computer", "192.0.2.14")}


def test_destinations_are_told_with_who_called_them():
    rows = (make_row(), make_row(program="Mail"), make_row(name="", address="203.0.113.5"))
    talkers = talkers_in(draw_picture(make_view(*rows), SPAN), "far")
    assert {one.title for one in talkers} == {"www.example", "203.0.113.5"}
    www = next(one for one in talkers if one.title == "www.example")
    assert {place.name for place in www.places} == {"Browser", "Mail"}


def test_a_picked_time_shows_only_who_was_active_then():
    picture = draw_picture(make_view(make_row(0), make_row(5, program="Mail")), SPAN)
    assert [one.title for one in talkers_in(picture, "near", (5, 6))] == ["Mail"]
    assert talkers_in(picture, "near", (1, 4)) == ()


def test_open_doors_are_no_destinations():
    door = make_row(address="", port=5900, is_listener=True, out_bytes=0, in_bytes=0, contacts=0)
    picture = draw_picture(make_view(door), SPAN)
    assert not picture.has_bytes
    (near,) = talkers_in(picture, "near")
    assert near.doors == (("tcp", 5900),)
    assert near.places == ()
    assert talkers_in(picture, "far") == ()


def earlier(days, **changes):
    return [make_row(-1440 * day, **changes) for day in range(1, days + 1)]


def test_usual_and_new_addresses_need_three_days():
    rows = (make_row(out_bytes=5_000), make_row(name="new.example", address="203.0.113.77"))
    picture = draw_picture(make_view(*rows), SPAN)
    (known,) = talkers_in(picture, "near", before=make_view(*earlier(3)))
    assert (known.usual_bytes, known.new_places) == (100, 1)
    (young,) = talkers_in(picture, "near", before=make_view(*earlier(2)))
    assert (young.usual_bytes, young.new_places) == (None, None)


def test_nothing_is_called_new_when_rows_of_the_past_were_left_out():
    before = make_view(*earlier(3), left_out=1)
    (one,) = talkers_in(draw_picture(make_view(make_row()), SPAN), "near", before=before)
    assert one.usual_bytes == 100
    assert one.new_places is None


def test_a_finding_marks_the_busiest_bucket_soon_after_it_began():
    finding = make_host_finding(at=NOON + timedelta(minutes=1), last_seen_at=NOON + timedelta(minutes=9))
    rows = (make_row(1), make_row(3, out_bytes=900), make_row(9, out_bytes=99_999))
    buckets = draw_picture(make_view(*rows), SPAN, (finding,)).buckets
    assert [at for at, one in enumerate(buckets) if one.finding] == [3]


def test_of_two_findings_in_a_bucket_the_serious_one_stands_there():
    mild, serious = make_host_finding(severity=Severity.LOW), make_host_finding(severity=Severity.HIGH, reason="tor")
    assert draw_picture(make_view(make_row()), SPAN, (mild, serious)).buckets[0].finding == serious


@pytest.mark.parametrize("grouping", ["near", "far"])
def test_a_finding_stands_at_those_who_talked_with_its_other_side(grouping):
    finding = make_host_finding(other="203.0.113.1, 198.51.100.7, ...")
    rows = (make_row(), make_row(program="Mail", address="203.0.113.200", name="mail.example"))
    talkers = talkers_in(draw_picture(make_view(*rows), SPAN, (finding,)), grouping)
    assert [one.title for one in talkers if one.finding] == [{"near": "Browser", "far": "www.example"}[grouping]]


def test_findings_belong_to_their_source():
    recorded = make_host_finding(source="/tmp/office.pcap", identity=("/tmp/office.pcap", "2026-11-23"))
    live, about_file = make_host_finding(), make_finding()
    kept = [
        KeptFinding(one, "open", None, None, None, NOON, NOON, 1, is_new_since_last_visit=True)
        for one in (recorded, live, about_file)
    ]
    assert findings_of(kept, HERE) == (live,)
    assert findings_of(kept, ActivitySource("/tmp/office.pcap", "recording", START, START)) == (recorded,)


@pytest.mark.parametrize("length_s", [60, 3_600, 86_400, 400 * 86_400, 60 * 365 * 86_400, 2**40])
def test_a_recording_of_any_length_has_few_buckets(length_s):
    source = ActivitySource("a.pcap", "recording", 0, length_s)
    span = span_of("whole", source, NOON)
    assert 1 <= span.count <= MOST_BUCKETS
    assert span.first + span.count * span.bucket_s >= length_s


@pytest.mark.parametrize(("key", "count"), [("hour", 60), ("today", 72), ("week", 168), ("month", 120)])
def test_spans_of_this_computer(key, count):
    span = span_of(key, HERE, NOON)
    assert span.count == count
    assert span.first <= START < span.end


def test_today_begins_earlier_when_something_happened_at_night():
    span = span_of("today", HERE, NOON)
    widened = widen_today(span, [make_row(-60 * 9)])
    assert widened.first == span.first - 4 * 3600
    assert widened.end == span.end
    assert widen_today(span, []) == span


def test_names_of_one_talker_are_bounded_but_counted():
    rows = [make_row(name=f"n{n}.example", address=f"198.51.100.{n}") for n in range(MOST_NAMES + 20)]
    (one,) = talkers_in(draw_picture(make_view(*rows), SPAN), "near")
    assert len(one.places) == MOST_NAMES
    assert one.place_count == MOST_NAMES + 20
