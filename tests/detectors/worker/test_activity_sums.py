"""Flows become rows of who talked to whom, minute by minute; sums worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detectors.contract.traffic import CLOSED_BY, ICMP
from detectors.worker import activity_sums
from detectors.worker.activity_sums import sum_up
from tests.traffic_factories import FAR, FAR_TWO, HOME, NEIGHBOUR, make_dns, make_flows, make_tls, make_traffic

MINUTE = 1_700_000_040.0


def rows(*flows, with_open: bool = True, **records) -> list:
    return sum_up(make_traffic(*flows, **records), with_open=with_open)


def test_flows_of_one_minute_between_two_are_one_row():
    [row] = rows(
        make_flows(
            3,
            every_s=10.0,
            started_s=[MINUTE, MINUTE + 10, MINUTE + 20],
            ended_s=[MINUTE + 5, MINUTE + 15, MINUTE + 25],
            out_bytes=100,
            in_bytes=[1, 2, 3],
        )
    )
    assert (row.minute, row.host, row.address, row.port, row.transport) == (int(MINUTE), HOME, FAR, 443, "tcp")
    assert (row.out_bytes, row.in_bytes, row.contacts, row.is_listener) == (300, 6, 3, False)


def test_a_long_conversation_is_spread_over_its_minutes_and_began_once():
    told = rows(make_flows(1, started_s=MINUTE, ended_s=MINUTE + 150.0, out_bytes=300, in_bytes=30))
    assert [row.minute - int(MINUTE) for row in told] == [0, 60, 120]
    assert [(row.out_bytes, row.in_bytes, row.contacts) for row in told] == [(100, 10, 1), (100, 10, 0), (100, 10, 0)]


def test_the_near_end_is_the_one_inside_and_who_was_called_is_said():
    [row] = rows(make_flows(1, client=FAR, server=HOME, server_port=22, out_bytes=7, in_bytes=70))
    assert (row.host, row.address, row.port, row.is_listener) == (HOME, FAR, 22, True)
    assert (row.out_bytes, row.in_bytes) == (70, 7)


def test_somebody_who_knocks_at_many_doors_is_one_row():
    ports = list(range(1, activity_sums.MANY_PORTS + 2))
    told = rows(
        make_flows(len(ports), server=NEIGHBOUR, server_port=ports, started_s=MINUTE, ended_s=MINUTE),
        make_flows(1, started_s=MINUTE, ended_s=MINUTE),
    )
    assert sorted((row.address, row.port, row.contacts) for row in told) == sorted(
        [(NEIGHBOUR, 0, len(ports)), (FAR, 443, 1)]
    )


def test_names_come_from_what_was_said_and_else_from_an_earlier_answer():
    flows = make_flows(2, server=[FAR, FAR_TWO], started_s=MINUTE, ended_s=MINUTE)
    answer = make_dns(name="two.example", is_response=True, answers=(("two.example", 1, 60, FAR_TWO),))
    told = rows(flows, tls=[make_tls(flow=0, sni="one.example")], dns=[answer])
    assert {row.address: row.name for row in told} == {FAR: "one.example", FAR_TWO: "two.example"}


def test_pings_have_no_port():
    [row] = rows(make_flows(1, protocol=ICMP, client_port=8, server_port=3))
    assert (row.port, row.transport) == (0, "icmp")


def test_what_goes_on_is_told_when_it_ends():
    going = make_flows(1, closed_by=CLOSED_BY.index("open"))
    assert rows(going, with_open=False) == []
    assert len(rows(going)) == 1


def test_there_is_an_end_to_the_rows_and_the_busiest_stay(monkeypatch):
    monkeypatch.setattr(activity_sums, "MAX_ROWS", 2)
    told = rows(make_flows(4, server=[f"93.184.216.{n}" for n in range(1, 5)], out_bytes=[5, 50, 500, 1], in_bytes=0))
    assert {row.out_bytes for row in told} == {50, 500}


def test_nothing_seen_gives_nothing():
    assert rows() == []


def test_a_day_long_conversation_costs_sixty_rows_at_most():
    traffic = make_traffic(make_flows(1, started_s=MINUTE, ended_s=MINUTE + 86_400.0, out_bytes=60_000))
    told = sum_up(traffic, with_open=True)
    assert len(told) == activity_sums.MAX_MINUTES
    assert sum(row.out_bytes for row in told) == 60_000
    assert np.all(np.diff([row.minute for row in told]) > 60)
    assert sum_up(replace(traffic, flows=traffic.flows.take(np.zeros(0, np.int64))), with_open=True) == []


def test_the_card_of_the_near_end_is_told_by_its_makers_half():
    real, made_up = 0x00_1B_77_01_02_03, 0x02_1B_77_01_02_03
    told = rows(
        make_flows(2, client_mac=[real, made_up], server=[FAR, FAR_TWO]),
        make_flows(1, client=FAR, server=NEIGHBOUR, client_mac=made_up, server_mac=real),
    )
    assert {(row.host, row.address): row.maker for row in told} == {
        (HOME, FAR): "00:1b:77",
        (HOME, FAR_TWO): "",
        (NEIGHBOUR, FAR): "00:1b:77",
    }
