import ipaddress

import numpy as np

from detectors.telemetry.addresses import AddressBook


def _columns(*texts):
    packed = np.zeros((len(texts), 16), np.uint8)
    families = np.zeros(len(texts), np.uint8)
    for row, text in enumerate(texts):
        one = ipaddress.ip_address(text)
        packed[row, : len(one.packed)] = list(one.packed)
        families[row] = one.version
    return packed, families


def test_each_address_has_one_row_that_stays():
    book = AddressBook()

    first = book.rows_of(*_columns("192.0.2.1", "2001:db8::1", "192.0.2.1"))
    second = book.rows_of(*_columns("192.0.2.7", "2001:db8::1"))

    assert first.tolist() == [0, 1, 0]
    assert second.tolist() == [2, 1]
    assert first.dtype == np.int32
    assert [book.addresses().text(row) for row in range(3)] == ["192.0.2.1", "2001:db8::1", "192.0.2.7"]


def test_the_same_bytes_of_two_families_are_two_addresses():
    rows = AddressBook().rows_of(*_columns("32.1.13.184", "2001:db8::"))

    assert rows.tolist() == [0, 1]


def test_the_book_grows_past_its_first_room():
    book = AddressBook()
    texts = [f"10.0.{one // 256}.{one % 256}" for one in range(5000)]

    rows = book.rows_of(*_columns(*texts))

    assert rows.tolist() == list(range(5000))
    assert book.addresses().text(4999) == texts[4999]
    assert len(book) == 5000


def test_nothing_gives_nothing():
    assert len(AddressBook().rows_of(*_columns())) == 0
