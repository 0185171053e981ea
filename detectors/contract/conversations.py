"""What was read inside conversations on a network: names, questions, logins, commands. Never a password.

Before this on the path: ``telemetry``, which read them out of packets. After it: detectors, which judge them.
Every text here came from a stranger: hostile, cut to a bounded length, other bytes written out in hex.
Common to all: ``flow`` is the row in ``Traffic.flows`` (-1: none), ``record`` the packet number in the source, from 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DnsMessage:
    """One question or answer of DNS, mDNS, LLMNR or NetBIOS names."""

    flow: int
    record: int
    at_s: float
    """Seconds since 1970."""
    client: str
    """Address of the one who asks."""
    server: str
    """Address of the one who is asked (a multicast address for mDNS and LLMNR questions)."""
    transport: str
    """``udp``, ``tcp``, ``mdns``, ``llmnr`` or ``nbns``."""
    is_response: bool
    rcode: int
    """0 no error, 3 no such name."""
    name: str
    """The first question, lower case, without the last dot."""
    qtype: int
    """1 A, 16 TXT, 28 AAAA, 252 AXFR, ..."""
    size_bytes: int
    """The whole message."""
    answers: tuple[tuple[str, int, int, str], ...] = ()
    """(name, type, seconds to live, data): addresses as text, TXT cut to 300 letters; at most 32."""
    questions: int = 1
    """How many the message holds."""
    answer_bytes: int = 0
    """Size of what follows the question."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One X.509 certificate as it was sent, not verified."""

    subject: str
    """RFC 4514."""
    issuer: str
    """RFC 4514."""
    names: tuple[str, ...]
    """Subject alternative names, at most 32."""
    not_before_s: float
    not_after_s: float
    is_self_signed: bool
    """Subject and issuer are the same."""
    key_kind: str
    """``rsa``, ``ec``, ``ed25519``, ``dsa`` or empty."""
    key_bits: int
    signature_hash: str
    """``sha256``, ``sha1``, ``md5``, ... or empty."""
    is_authority: bool
    """It may sign others (CA)."""
    sha256: str


@dataclass(frozen=True, slots=True)
class TlsSession:
    """What can be read of the start of one TLS or QUIC session."""

    flow: int
    record: int
    """Packet of the client's hello (of the server's where there is none)."""
    at_s: float
    client: str
    server: str
    server_port: int
    sni: str
    """Server name, lower case, or empty."""
    alpn: tuple[str, ...]
    """What the client offered."""
    version: int
    """Chosen version where the server's hello was seen, else the client's best: 0x0303 is TLS 1.2, 0x0304 1.3."""
    cipher: int
    """Chosen by the server; 0 when unseen."""
    client_ciphers: tuple[int, ...]
    ja3: str
    """Lower-case MD5 hex; empty without a client hello."""
    ja3s: str
    ja4: str
    certificates: tuple[Certificate, ...] = ()
    """The chain as sent, leaf first, at most 8; empty when encrypted (TLS 1.3)."""
    alert: int = -1
    """Code of the first alert seen in the clear, or -1."""
    has_server_hello: bool = False


@dataclass(frozen=True, slots=True)
class HttpExchange:
    """One request and the head of its answer."""

    flow: int
    record: int
    """Packet of the request line (of the answer where the request is missing)."""
    at_s: float
    client: str
    server: str
    server_port: int
    method: str
    """Empty when only the answer was seen."""
    target: str
    """As sent, at most 2,048 letters."""
    host: str
    user_agent: str
    headers: dict[str, str]
    """Other request headers, names in lower case, values at most 512 letters; ``authorization``, ``cookie`` and
    ``proxy-authorization`` hold the scheme or the cookie names only, never the secret."""
    body_head: bytes
    """First 2,048 bytes of the request body; secrets of form fields are replaced by ``*``."""
    body_bytes: int
    status: int
    """0 when no answer was seen."""
    answer_headers: dict[str, str]
    answer_type: str
    """Content-Type of the answer, lower case."""
    answer_head: bytes
    """First 1,024 bytes of the answer body (4,096 of a page that decodes texts or calls components), after chunk and
    gzip coding where the first bytes allow it."""
    answer_bytes: int
    """Length of the answer body as seen on the wire or as announced, whichever is larger."""
    answer_record: int = 0
    answer_at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class SmbCall:
    """One request of SMB 1, 2 or 3 that a detector may care for."""

    flow: int
    record: int
    at_s: float
    client: str
    server: str
    dialect: int
    """1, 2 or 3."""
    command: str
    """``negotiate``, ``session_setup``, ``tree_connect``, ``create``, ``write``, ``trans``, ``ioctl``, ``encrypted``,
    ``compressed`` ..."""
    name: str
    """Share of a tree connect, file or pipe of a create, in the sender's own letters."""
    status: int
    """NT status of the answer; -1 when unseen."""
    user: str = ""
    """From NTLM or Kerberos, where the session setup shows it: ``DOMAIN\\name``."""
    data_head: bytes = b""
    """First 512 bytes of what was written, or of an odd header."""
    size_bytes: int = 0
    """Bytes written or announced."""


@dataclass(frozen=True, slots=True)
class RpcCall:
    """One bind, alter-context or request of DCE/RPC, over TCP, UDP, a named pipe or HTTP."""

    flow: int
    record: int
    at_s: float
    client: str
    server: str
    kind: str
    """``bind``, ``alter`` or ``request``."""
    interface: str
    """UUID in lower case; of a request: of its context, where the bind was seen, else empty."""
    version: str
    """``1.0``."""
    opnum: int
    """-1 for a bind."""
    pipe: str
    """Named pipe in lower case, or empty."""
    auth_level: int
    """0 none ... 6 sealed."""
    auth_type: int = 0
    """9 SPNEGO, 10 NTLM, 16 Kerberos, 68 Netlogon."""
    stub_head: bytes = b""
    """First 256 bytes of an unsealed request."""
    status: int = -1
    """Return value of an unsealed answer's last four bytes, or the fault code; -1 when unseen."""


@dataclass(frozen=True, slots=True)
class KerberosMessage:
    """One Kerberos 5 message."""

    flow: int
    record: int
    at_s: float
    client: str
    server: str
    kind: str
    """``as_req``, ``as_rep``, ``tgs_req``, ``tgs_rep``, ``ap_req``, ``error``."""
    error: int
    """Error code, or -1."""
    user: str
    """Client name where shown."""
    realm: str
    service: str
    """Service name asked for, ``cifs/server``."""
    etypes: tuple[int, ...]
    """Offered in a request; the ticket's own in an answer. 23 is RC4."""
    has_preauth: bool = False


@dataclass(frozen=True, slots=True)
class LdapMessage:
    """One LDAP request that a detector may care for."""

    flow: int
    record: int
    at_s: float
    client: str
    server: str
    operation: str
    """``bind_simple``, ``bind_sasl``, ``search``, ``modify``, ``add``, ``extended`` ..."""
    user: str
    """Name of a simple bind."""
    base: str
    """Base of a search, or object that is changed."""
    scope: int
    filter: str
    """As text, at most 1,024 letters."""
    attributes: tuple[str, ...] = ()
    result: int = -1
    """Result code of the answer, or -1."""
    entries: int = 0
    """Answers that came back."""


@dataclass(frozen=True, slots=True)
class Login:
    """One try to sign in that could be read. The secret is gone before this is made."""

    flow: int
    record: int
    at_s: float
    client: str
    server: str
    server_port: int
    protocol: str
    """``ftp``, ``pop3``, ``imap``, ``smtp``, ``telnet``, ``http``, ``ldap``, ``snmp``, ``rsh``, ``vnc``, ``smb``,
    ``kerberos``, ``ntlm``, ``mysql``, ``irc``, ``socks`` ..."""
    user: str
    """Empty when unseen."""
    outcome: str
    """``ok``, ``failed`` or ``unknown``."""
    is_cleartext: bool
    """A listener on the way could have read the secret."""
    mechanism: str = ""
    """``plain``, ``login``, ``basic``, ``form``, ``digest``, ``ntlm``, ``community`` ..."""


@dataclass(frozen=True, slots=True)
class DhcpMessage:
    """One DHCP or DHCPv6 message."""

    record: int
    at_s: float
    kind: str
    """``discover``, ``offer``, ``request``, ``ack``, ``nak``, ``release``, ``inform``, ``decline``; v6: ``solicit``,
    ``advertise``, ``reply`` ..."""
    client_mac: str
    sender: str
    """Address it came from."""
    server_id: str
    offered: str
    """Address offered or asked for."""
    routers: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()
    host_name: str = ""


@dataclass(frozen=True, slots=True)
class RouterAdvert:
    """One IPv6 router advertisement."""

    record: int
    at_s: float
    sender: str
    sender_mac: str
    lifetime_s: int
    prefixes: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()
    preference: int = 0
    """1 high, 0 medium, 3 low."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The first bytes of each side of a conversation that no other record covers whole."""

    flow: int
    client: bytes
    """First 2,048 bytes from the one who called."""
    server: bytes
    """First 2,048 bytes of the answer."""
    client_record: int
    server_record: int


@dataclass(frozen=True, slots=True)
class StreamSign:
    """Something telling in the middle of a conversation, where no record reaches."""

    flow: int
    record: int
    at_s: float
    kind: str
    """``windows_program``, ``linux_program``, ``heartbeat``, ``shell_prompt``, ``long_line``,
    ``odd_request``, ``chat_name`` ..."""
    is_from_client: bool
    head: bytes = b""
    """At most 128 bytes from where it begins."""
