"""Lists the readers of Windows networks, files, mail, databases and terminals, the most certain first.

Before this on the path: nothing. After it: ``choose.py`` asks them in turn.
"""

from __future__ import annotations

from detectors.telemetry.readers.base import Reader
from detectors.telemetry.readers.by_name import NamedReader
from detectors.telemetry.readers.databases import MysqlReader, PostgresReader, RedisReader, SqlServerReader
from detectors.telemetry.readers.ftp import FtpDataReader, FtpReader
from detectors.telemetry.readers.irc import IrcReader
from detectors.telemetry.readers.kerberos import KerberosReader
from detectors.telemetry.readers.ldap import LdapReader
from detectors.telemetry.readers.mail import ImapReader, PopReader, SmtpReader
from detectors.telemetry.readers.mqtt import MqttReader
from detectors.telemetry.readers.r_commands import RCommandReader
from detectors.telemetry.readers.remote_screens import RdpReader, SshReader, VncReader
from detectors.telemetry.readers.rpc import RpcDatagramReader, RpcReader
from detectors.telemetry.readers.smb import SmbReader
from detectors.telemetry.readers.snmp import SnmpReader
from detectors.telemetry.readers.socks import SocksReader
from detectors.telemetry.readers.telnet import TelnetReader

TCP_READERS: tuple[type[Reader], ...] = (
    *(SmbReader, RpcReader, SshReader, KerberosReader, LdapReader, RdpReader),
    *(SmtpReader, FtpReader, PopReader, ImapReader, IrcReader, VncReader, NamedReader),
    *(MysqlReader, PostgresReader, SqlServerReader, RedisReader, MqttReader, SocksReader),
    *(RCommandReader, TelnetReader, FtpDataReader),
)
UDP_READERS: tuple[type[Reader], ...] = (KerberosReader, LdapReader, SnmpReader, RpcDatagramReader, NamedReader)
