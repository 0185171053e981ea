"""Texts for the rules about memory, put together when they are needed: one that fires, a twin that stays quiet."""

_HALVES = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD", "-ANTIVIRUS-TEST-FILE!$H+H*")
_ORDERS = (
    "sys_process_execute",
    "sys_process_get_processes",
    "fs_delete_file",
    "net_socket_tcp_shutdown",
    "ui_get_keys_utf8",
)
_LOGONS = ("logonpasswords", "minidump")
_DUMP = "sekur" + "lsa"
_BLOB = '"blob":"' + "0a" * 40 + '"'


def _of(*parts):
    return "".join(parts).encode()


SAMPLES = {
    "test.AgreedTestLine": (_of(*_HALVES), _of(*_HALVES[1:])),
    "test.PracticeMark": (_of("PLAINWATCH-PRACTICE", "-MEMORY-0123ABCD"), _of("PLAINWATCH-PRACTICE", "-WORD-XXXXXXXX")),
    "tools.RemoteToolOrders": (
        b"\0".join(_of("std", "api_", one) for one in _ORDERS),
        b"\0".join(_of("std", "api_", one) for one in _ORDERS[:2]),
    ),
    "tools.ImplantBuiltFromOpenSource": (
        b"\0".join(_of("github.com/x/sli", "ver/implant/sliver/", "transports.", chr(65 + at), "Start") for at in range(25)),
        _of("see github.com/x/sli", "ver/implant/sliver/", "transports.go"),
    ),
    "tools.PasswordReaderOrders": (
        b"\0".join([
            *(_of(_DUMP, "::", one) for one in _LOGONS),
            _of("lsa", "dump::sam"), _of("kerb", "eros::golden"), _of("priv", "ilege::debug"), _of("kuhl_m_", _DUMP, "_all"),
        ]),
        b" and ".join([_of(_DUMP, "::", _LOGONS[0]), _of("lsa", "dump::sam"), _of("priv", "ilege::debug")]),
    ),
    "tools.MinerAtWork": (
        _of('{"method":"', "job", '","params":{', _BLOB, '}}\n{"algo":"', 'rx/0"}'),
        _of('{"method":"', "job", '","params":{"blob":"short"}} ', '"donate-', 'level": 1'),
    ),
}  # fmt: skip
