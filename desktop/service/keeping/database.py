"""One SQLite file, opened safely: private, whole, of a version we know, with room held back for a full disk.

Before this on the path: the store, which asks. After it: the disk. Every error of SQLite leaves here as one of ours.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from desktop.service.keeping.migrations import STEPS
from detectors.contract.errors import PlainwatchError, StoreBusy, StoreDamaged, StoreFull, StoreTooNew

FILE_NAME = "plainwatch.db"
RESERVE_NAME = "reserve.bin"
RESERVE_BYTES = 4 * 1024 * 1024
"""Given back when the disk is full, so that the end of a run and a deletion still fit; else even those fail."""
BUSY_S = 20.0
"""How long a second process (window beside command line) waits for its turn to write."""

_FULL_CODES = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
}
_DAMAGED_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Database:
    """A connection with transactions; one lock lets several threads of this process share it."""

    def __init__(self, folder: Path | None) -> None:
        """Open or create the database.

        Args:
            folder: where it lives; None keeps it in memory only.

        Raises:
            StoreDamaged, StoreFull, StoreTooNew: it cannot be used.
        """
        self.folder = folder
        self.is_read_only = False
        self.lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._open()

    @property
    def path(self) -> Path | None:
        """The file; None in memory."""
        return None if self.folder is None else self.folder / FILE_NAME

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for reading."""
        with self.lock, self._own_errors():
            yield self._opened()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one transaction: all of it is on the disk afterwards, or nothing.

        Raises:
            StoreFull: the disk is full or read-only; the reserve is given back for what has to follow.
        """
        with self.lock, self._own_errors():
            connection = self._opened()
            if self.is_read_only:
                raise StoreFull(path=str(self.path))
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def give_back_reserve(self) -> None:
        """Free the room that was held back."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                (self.folder / RESERVE_NAME).unlink()

    def close(self) -> None:
        """Close the file; what was committed is kept."""
        with self.lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def delete(self) -> None:
        """Delete the file and everything SQLite keeps beside it; the next use starts a new one.

        Raises:
            StoreFull: the folder cannot be written.
        """
        with self.lock:
            self.close()
            if self.folder is not None:
                delete_files(self.folder)

    def copy_from(self, folder: Path) -> None:
        """Fill this database, in memory, with what another one holds; for "look only, keep nothing"."""
        with contextlib.suppress(PlainwatchError, sqlite3.Error):
            kept = _connect_read_only(folder / FILE_NAME)
            try:
                if kept.execute("PRAGMA user_version").fetchone()[0] == len(STEPS):
                    kept.backup(self._opened())
            finally:
                kept.close()

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._open()
        if self._connection is None:  # pragma: no cover - _open sets it or raises
            raise StoreDamaged(path=str(self.path))
        return self._connection

    def _open(self) -> None:
        with self._own_errors(), contextlib.ExitStack() as if_it_fails:
            if_it_fails.callback(self.close)
            self.is_read_only = False
            if self.path is None:
                self._connection = _configured(_connect(":memory:"))
            else:
                self._connection = self._open_file(self.path)
            self._check_and_migrate(self._connection)
            if_it_fails.pop_all()
        self._hold_reserve()

    def _open_file(self, path: Path) -> sqlite3.Connection:
        try:
            _make_private(path)
            connection = _configured(_connect(path))
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.Error:
                connection.close()
                raise
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and _code(error) not in _FULL_CODES:
                raise
            if not os.path.exists(path):  # noqa: PTH110 - False, too, where the way there is closed to us
                raise StoreFull(path=str(path)) from error
            self.is_read_only = True
            return _connect_read_only(path)
        return connection

    def _check_and_migrate(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(STEPS):
            raise StoreTooNew(path=str(self.path), version=version)
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreDamaged(path=str(self.path))
        if self.is_read_only:
            return
        for number, step in enumerate(STEPS[version:], start=version + 1):
            connection.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")

    def _hold_reserve(self) -> None:
        """Keep some room on the disk; without it we go on, there is just less to give back."""
        if self.folder is None or self.is_read_only:
            return
        reserve = self.folder / RESERVE_NAME
        try:
            if reserve.exists() and reserve.stat().st_size == RESERVE_BYTES:
                return
            with os.fdopen(os.open(reserve, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
                file.write(bytes(RESERVE_BYTES))
        except OSError:
            self.give_back_reserve()

    @contextlib.contextmanager
    def _own_errors(self) -> Iterator[None]:
        """Turn what SQLite says into one of our errors."""
        try:
            yield
        except sqlite3.Error as error:
            code = _code(error)
            if code in _FULL_CODES:
                self.give_back_reserve()
                raise StoreFull(path=str(self.path)) from error
            if code in _DAMAGED_CODES:
                raise StoreDamaged(path=str(self.path)) from error
            if code == sqlite3.SQLITE_BUSY:
                raise StoreBusy(path=str(self.path)) from error
            raise


def delete_files(folder: Path) -> None:
    """Delete a database, whole or damaged, and everything beside it.

    Raises:
        StoreFull: the folder cannot be written.
    """
    try:
        for name in (*_database_names(), RESERVE_NAME):
            (folder / name).unlink(missing_ok=True)
        for aside in folder.glob("plainwatch-aside-*"):
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise StoreFull(path=str(folder / FILE_NAME)) from error


def copy_aside(folder: Path) -> Path:
    """Put a database that cannot be used out of the way, bytes unchanged, so that a fresh one can start.

    Returns:
        The path it has now.

    Raises:
        StoreFull: the folder cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = folder / f"plainwatch-aside-{stamp}.db"
    try:
        for name in _database_names():
            if (folder / name).exists():
                (folder / name).rename(folder / f"{aside.name}{name.removeprefix(FILE_NAME)}")
    except OSError as error:
        raise StoreFull(path=str(folder / FILE_NAME)) from error
    return aside


def _database_names() -> tuple[str, str, str]:
    return FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"


def _make_private(path: Path) -> None:
    """Create folder and file so that only this person can read them, before SQLite puts anything in."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # one that is there already is not ours to close
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _connect(address: str | Path, *, uri: bool = False) -> sqlite3.Connection:
    """Connect; transactions are begun by us, and ``Database.lock`` keeps threads apart."""
    return sqlite3.connect(address, uri=uri, isolation_level=None, check_same_thread=False, timeout=BUSY_S)


def _configured(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Open without writing; a folder where SQLite cannot even keep its index needs ``immutable``."""
    address = f"file:{quote(os.fsencode(path))}?mode=ro"
    try:
        connection = _connect(address, uri=True)
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection = _connect(f"{address}&immutable=1", uri=True)
    return _configured(connection)


def _code(error: sqlite3.Error) -> int:
    """Tell SQLite's primary result code; extended codes carry it in the lowest byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
