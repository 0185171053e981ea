import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.contract.traffic import ACK, CLOSED_BY, FIN, ICMP, RST, SYN, TCP, UDP
from detectors.telemetry import flow_keys, flow_splits, flow_sums, flows, turns
from detectors.telemetry.flows import FlowMeter
from detectors.telemetry.packets import blank_columns
from detectors.telemetry.raw_packets import RawPackets
from tests.detectors.telemetry.plain_flows import PlainMeter, columns_of

HOME, FAR, GROUP = "0a000001", "cb007109", "efffff fa".replace(" ", "")
SIX, SIX_FAR = "20010db8" + "00" * 11 + "01", "20010db8" + "00" * 11 + "02"


def window(packets, first=1):
    """Make a window of packets told as dicts; what is not said is an ordinary TCP packet."""
    count = len(packets)
    columns = blank_columns(count)
    heads = [one.get("head", b"") for one in packets]
    starts = np.cumsum([0, *(len(head) for head in heads)])
    for row, one in enumerate(packets):
        source, target = bytes.fromhex(one.get("source", HOME)), bytes.fromhex(one.get("target", FAR))
        columns.source[row, : len(source)], columns.target[row, : len(target)] = list(source), list(target)
        columns.family[row] = one.get("family", 4 if len(source) == 4 else 6)
        said = {
            "protocol": TCP, "source_port": 40_000, "target_port": 443, "flags": ACK, "ip_bytes": 40, "ttl": 64,
            "payload": starts[row], "payload_there": len(heads[row]), "payload_bytes": len(heads[row]),
        }  # fmt: skip
        for name, value in (said | one).items():
            if name in columns.__dataclass_fields__ and name not in ("source", "target", "family"):
                getattr(columns, name)[row] = value
    data = np.frombuffer(b"".join(heads), np.uint8)
    at_s = np.array([one.get("at", 1.7e9 + row) for row, one in enumerate(packets)], np.float64)
    sizes = np.full(count, 60)
    number = np.arange(first, first + count)
    raw = RawPackets(data, np.zeros(count, np.int64), sizes, sizes, at_s, number, np.ones(count, np.int32))
    return raw, columns


def meter_of(*windows, limit=flows.MAX_LIVE):
    meter, first = FlowMeter(limit), 1
    for packets in windows:
        meter.take(*window(packets, first))
        first += len(packets)
    return meter


def answer(**changes):
    return {"source": FAR, "target": HOME, "source_port": 443, "target_port": 40_000, **changes}


def compare(windows, *, limit=flows.MAX_LIVE):
    """Measure the same packets both ways."""
    meter, plain, first = FlowMeter(limit), PlainMeter(), 1
    for packets in windows:
        raw, columns = window(packets, first)
        rows, _ = meter.take(raw, columns)
        np.testing.assert_array_equal(rows, plain.take(raw, columns))
        first += len(packets)
    table, addresses, spoken = meter.table(), meter.addresses.addresses(), meter.turns()
    expected = columns_of(plain)
    assert len(table) == len(expected)
    for name in table.__dataclass_fields__:
        have, want = getattr(table, name), [row[name] for row in expected]
        if name in ("client", "server"):
            assert [addresses.packed[row].tobytes() for row in have] == want, name
        else:
            np.testing.assert_allclose(have, np.array(want).reshape(have.shape), rtol=1e-6, atol=1e-6, err_msg=name)
    said = list(
        zip(
            spoken.flow.tolist(),
            spoken.at_s.tolist(),
            spoken.record.tolist(),
            spoken.payload_bytes.tolist(),
            strict=True,
        )
    )
    assert said == [(flow, *turn) for flow, row in enumerate(expected) for turn in row["turns"]]


FLAGS = (ACK, ACK, ACK, SYN, SYN, SYN | ACK, FIN | ACK, RST, 0, 0xFF)
STEPS = (0.0, 0.001, 0.5, 1.0, 2.5, 119.0, 121.0, 601.0, 1800.0, -0.4, -90.0, -700.0, 1e9, -1e9)
NUMBERS = (0, 1, 2, 100, 2**30, 2**31, 2**31 + 1, 2**32 - 1)
PACKET = st.fixed_dictionaries(
    {
        "pair": st.sampled_from([(HOME, FAR), (FAR, HOME), (HOME, GROUP), (SIX, SIX_FAR), (SIX_FAR, SIX)]),
        "ports": st.sampled_from([(40_000, 443), (443, 40_000), (5000, 5001), (5001, 5000), (53, 53), (8, 0), (0, 0)]),
        "protocol": st.sampled_from([TCP, TCP, TCP, UDP, ICMP, 58, 47]),
        "flags": st.sampled_from(FLAGS),
        "sequence": st.sampled_from(NUMBERS),
        "acknowledged": st.sampled_from(NUMBERS),
        "step": st.sampled_from(STEPS),
        "head": st.binary(max_size=70),
        "more": st.sampled_from([0, 0, 1, 1400]),
        "ip_bytes": st.integers(20, 65_535),
        "odd": st.sampled_from(["", "", "", "", "", "", "is_malformed", "is_later_fragment", "family"]),
    }
)


def spelled(drawn):
    """Turn what hypothesis drew into packets."""
    packets, at = [], 1.7e9
    for number, one in enumerate(drawn):
        at += one["step"]
        flags = one["flags"] if one["protocol"] == TCP else 0
        packets.append(
            {
                "source": one["pair"][0], "target": one["pair"][1], "source_port": one["ports"][0],
                "target_port": one["ports"][1], "protocol": one["protocol"], "flags": flags, "at": at,
                "sequence": one["sequence"], "acknowledged": one["acknowledged"], "head": one["head"],
                "payload_bytes": len(one["head"]) + one["more"], "ip_bytes": one["ip_bytes"],
                "ttl": number % 256, "window": number, "frame_source": number + 1, "frame_target": 2 * number,
            }
            | ({one["odd"]: one["odd"] != "family"} if one["odd"] else {})
        )  # fmt: skip
    return packets


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(PACKET, max_size=40), max_size=4))
def test_any_packets_are_measured_as_the_plain_way_does(drawn):
    packets = spelled([one for part in drawn for one in part])
    windows = []
    for part in drawn:
        windows.append(packets[: len(part)])
        packets = packets[len(part) :]

    compare(windows)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("at_once", [7, 1000])
def test_many_packets_are_measured_as_the_plain_way_does(seed, at_once, monkeypatch):
    monkeypatch.setattr(flows, "_AT_ONCE", at_once)
    dice = np.random.default_rng(seed)
    pairs = [(HOME, FAR), (FAR, HOME), (SIX, SIX_FAR)] if seed % 2 else [(HOME, FAR), (FAR, HOME)]
    drawn = [
        {
            "pair": pairs[dice.integers(len(pairs))], "ports": [(40_000, 443), (443, 40_000), (9, 9)][dice.integers(3)],
            "protocol": TCP, "flags": int(dice.choice([ACK, ACK, ACK, ACK, ACK, ACK, SYN, SYN | ACK, FIN, RST])),
            "sequence": int(dice.integers(5)) * 100, "acknowledged": int(dice.integers(3)),
            "step": float(dice.choice([0.01, 0.2, 1.5, -0.1, 30.0, 700.0], p=[0.4, 0.3, 0.2, 0.05, 0.03, 0.02])),
            "head": bytes(dice.integers(0, 256, dice.integers(0, 90), dtype=np.uint8)), "more": 0,
            "ip_bytes": int(dice.integers(40, 1500)), "odd": "",
        }
        for _ in range(1500)
    ]  # fmt: skip
    packets = spelled(drawn)

    compare([packets[:400], packets[400:]])


def test_ends_whose_hashes_meet_stay_apart(monkeypatch):
    monkeypatch.setattr(flow_keys, "_hash", lambda words: np.zeros(len(words[0]), np.uint64))
    packets = [{"source_port": 41_000 + number % 50} for number in range(200)]

    meter = meter_of(packets)

    assert len(meter) == 50
    assert meter.table().out_packets.tolist() == [4] * 50


def test_a_call_and_its_answer_are_one_flow():
    calls = [
        {"flags": SYN, "at": 10.0, "sequence": 7, "ip_bytes": 60, "window": 1000},
        answer(flags=SYN | ACK, at=10.1, acknowledged=8, ip_bytes=60, ttl=55),
        {"at": 10.2, "head": b"GET / HTTP/1.1\r\n", "ip_bytes": 56},
        answer(at=10.5, head=b"\x00" * 64, ip_bytes=104),
    ]

    table = meter_of(calls).table()

    assert len(table) == 1
    assert (table.client_port[0], table.server_port[0]) == (40_000, 443)
    assert (table.out_bytes[0], table.in_bytes[0]) == (116, 164)
    assert (table.out_ttl[0], table.in_ttl[0], table.out_window[0]) == (64, 55, 1000)
    assert table.duration_s[0] == pytest.approx(0.5)
    assert table.gap_max_s[0] == pytest.approx(0.3)
    assert table.in_head_entropy[0] == 0.0
    assert table.out_head_printable[0] == 1.0
    assert table.records[0].tolist() == [1, 2, 3, 4, 0, 0, 0, 0]
    assert not table.is_midstream[0]
    assert table.is_answered[0]


def test_a_syn_ack_seen_first_means_that_the_other_side_called():
    table = meter_of([answer(source_port=50_000, target_port=22, flags=SYN | ACK)]).table()

    assert (table.client_port[0], table.server_port[0]) == (22, 50_000)


def test_a_guess_is_mended_by_a_syn_ack_that_comes_later():
    first = [{"source_port": 50_000, "target_port": 22, "head": b"abc"}]
    later = [{"source_port": 50_000, "target_port": 22, "flags": SYN | ACK}]
    guessed = meter_of(first)
    mended = meter_of(first, later)

    assert guessed.table().server_port[0] == 22
    assert mended.table().server_port[0] == 50_000
    assert mended.table().in_payload_bytes[0] == 3
    assert (len(guessed.turns()), len(mended.turns())) == (1, 0)


def test_a_closed_port_that_is_used_again_is_a_new_flow():
    packets = [
        {"flags": SYN, "sequence": 1}, {"flags": RST}, {"flags": SYN, "sequence": 1},
        {"flags": SYN, "sequence": 1}, {"flags": SYN, "sequence": 9},
    ]  # fmt: skip

    table = meter_of(packets).table()

    assert table.out_packets.tolist() == [2, 2, 1]
    assert [CLOSED_BY[place] for place in table.closed_by] == ["rst", "end", "open"]


def test_silence_and_length_begin_new_flows_with_the_same_client():
    quiet = [answer(protocol=UDP, flags=0, source_port=50_000, target_port=50_001, at=at) for at in (0, 100, 221)]
    other_way = [{"protocol": UDP, "flags": 0, "source_port": 50_001, "target_port": 50_000, "at": 400.0}]
    long = [{"at": 1000.0 + 500 * step, "source_port": 40003} for step in range(9)]

    table = meter_of([*quiet, *other_way], long).table()

    assert table.out_packets.tolist() == [2, 1, 0, 8, 1]
    assert table.client_port.tolist() == [50_000, 50_000, 50_000, 40003, 40003]
    assert [CLOSED_BY[place] for place in table.closed_by] == ["idle", "idle", "idle", "active", "open"]


def test_an_answer_to_a_ping_belongs_to_it_and_another_ping_does_not():
    ping = {"protocol": ICMP, "flags": 0, "source_port": 8, "target_port": 0, "sequence": 5 << 16}
    packets = [ping, answer(**ping | {"source": FAR, "target": HOME, "source_port": 0}), ping | {"sequence": 6 << 16}]

    table = meter_of(packets).table()

    assert (table.out_packets.tolist(), table.in_packets.tolist()) == ([1, 1], [1, 0])
    assert (table.client_port.tolist(), table.server_port.tolist()) == ([8, 8], [0, 0])


def test_a_ping_to_itself_is_answered():
    ping = {"protocol": ICMP, "flags": 0, "source_port": 8, "source": HOME, "target": HOME, "target_port": 0}

    table = meter_of([ping, ping | {"source_port": 0}]).table()

    assert (table.out_packets.tolist(), table.in_packets.tolist()) == ([1], [1])


@pytest.mark.parametrize("place", ["same window", "later"])
def test_an_unreachable_counts_for_the_flow_it_speaks_of(place):
    inner = bytes([0x45, 0, 0, 28, 0, 0, 0, 0, 64, UDP, 0, 0]) + bytes.fromhex(HOME + FAR)
    inner += (40_000).to_bytes(2, "big") + (443).to_bytes(2, "big") + bytes(4)
    sent = {"protocol": UDP, "flags": 0}
    error = answer(protocol=ICMP, flags=0, source_port=3, target_port=3, head=inner)
    lie = answer(protocol=ICMP, flags=0, source_port=3, target_port=3, head=b"\x4f" + inner[1:])
    windows = [[sent, error, lie]] if place == "same window" else [[sent], [error, lie]]

    table = meter_of(*windows).table()

    assert table.unreachables.tolist() == [1, 0]


def test_an_unreachable_of_version_6_counts_too():
    inner = bytes([0x60, 0, 0, 0, 0, 8, UDP, 64]) + bytes.fromhex(SIX + SIX_FAR)
    inner += (40_000).to_bytes(2, "big") + (443).to_bytes(2, "big") + bytes(4)
    sent = {"protocol": UDP, "flags": 0, "source": SIX, "target": SIX_FAR}
    error = {"protocol": 58, "flags": 0, "source": SIX_FAR, "target": SIX, "source_port": 1, "target_port": 4}

    table = meter_of([sent, error | {"head": inner}]).table()

    assert table.unreachables.tolist() == [1, 0]


def test_a_full_table_closes_the_longest_idle_and_counts_them():
    packets = [{"source_port": 1000 + number, "at": float(number) / 100} for number in range(100)]

    meter = meter_of(packets, limit=80)

    table = meter.table()
    evicted = table.closed_by == CLOSED_BY.index("evicted")
    assert meter.evicted == 30
    assert np.flatnonzero(evicted).tolist() == list(range(30))
    again = [{"source_port": 1000, "at": 2.0}, {"source_port": 1099, "at": 2.0}]
    rows, _ = meter.take(*window(again, 101))
    assert rows.tolist() == [100, 99]


def test_after_a_cut_live_flows_go_on_in_new_rows():
    meter = meter_of(
        [
            {"source_port": 40001, "at": 0.0, "head": b"old"},
            {"source_port": 40002, "at": 700.0, "head": b"live", "target": "cb00710a"},
            {"source_port": 40003, "at": 701.0, "flags": RST, "target": "cb00710b"},
        ],
        [{"source_port": 40004, "at": 800.0, "flags": FIN}],
    )

    renamed = meter.cut()
    rows, _ = meter.take(*window([{"source_port": 40002, "at": 801.0, "target": "cb00710a"}], 5))

    assert renamed.tolist() == [-1, 0, -1, 1]
    assert rows.tolist() == [0]
    table, addresses = meter.table(), meter.addresses.addresses()
    assert table.out_packets.tolist() == [2, 1]
    assert addresses.text(int(table.server[0])) == "203.0.113.10"
    assert meter.turns().record.tolist() == [2]
    assert len(addresses) == 3


def test_turns_are_bounded(monkeypatch):
    monkeypatch.setattr(flow_sums, "MAX_TURNS_A_FLOW", 5)
    monkeypatch.setattr(turns, "MAX_TURNS", 7)
    talk = [{"source_port": 40_001 + number % 2, "at": float(number * 2), "head": b"x"} for number in range(40)]

    meter = meter_of(talk[:8], talk[8:])

    assert len(meter.turns()) == 7
    assert meter.turns_dropped == 3


def test_the_table_keeps_what_was_measured_while_it_grows():
    packets = [{"source_port": 40_001 + number, "at": 0.0, "ip_bytes": 40 + number} for number in range(5000)]

    table = meter_of(packets[:900], packets[900:]).table()

    assert table.out_bytes.tolist() == [40 + number for number in range(5000)]


def test_limits_of_silence_are_those_of_the_protocol():
    assert flow_splits.IDLE_S[TCP] > flow_splits.IDLE_S[UDP] == flow_splits.IDLE_S[ICMP]
