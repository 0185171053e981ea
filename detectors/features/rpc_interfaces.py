"""Names the DCE/RPC interfaces and calls that matter, from Microsoft's published protocol documents (MS-*).

Before this on the path: UUIDs and call numbers read from packets. After it: detectors of moves inside a domain.
Source: https://learn.microsoft.com/openspecs/windows_protocols, one document an interface.
"""

from __future__ import annotations

from typing import Final

from detectors.contract.conversations import RpcCall

SERVICES: Final = "367abb81-9844-35f1-ad32-98f038001003"
"""MS-SCMR, svcctl."""
TASKS: Final = "86d35949-83c9-4044-b424-db363231fd0c"
"""MS-TSCH, ITaskSchedulerService."""
OLD_TASKS: Final = "1ff70682-0a51-30e8-076d-740be8cee98b"
"""MS-TSCH, atsvc."""
TASK_SECURITY: Final = "378e52b0-c0a9-11cf-822d-00aa0051e40f"
"""MS-TSCH, sasec."""
REGISTRY: Final = "338cd001-2244-31f1-aaaa-900038001003"
"""MS-RRP, winreg."""
ACTIVATOR: Final = "000001a0-0000-0000-c000-000000000046"
"""MS-DCOM, IRemoteSCMActivator."""
OLD_ACTIVATOR: Final = "4d9f4ab8-7d1c-11cf-861e-0020af6e7c57"
"""MS-DCOM, IActivation."""
DISPATCH: Final = "00020400-0000-0000-c000-000000000046"
"""MS-OAUT, IDispatch."""
WMI_LOGIN: Final = "f309ad18-d86a-11d0-a075-00c04fb68820"
"""MS-WMI, IWbemLevel1Login."""
WMI: Final = "9556dc99-828c-11cf-a37e-00aa003240c7"
"""MS-WMI, IWbemServices."""
ACCOUNTS: Final = "12345778-1234-abcd-ef00-0123456789ac"
"""MS-SAMR, samr."""
POLICY: Final = "12345778-1234-abcd-ef00-0123456789ab"
"""MS-LSAD and MS-LSAT, lsarpc."""
SERVER: Final = "4b324fc8-1670-01d3-1278-5a47bf6ee188"
"""MS-SRVS, srvsvc."""
WORKSTATION: Final = "6bffd098-a112-3610-9833-46c3f87e345a"
"""MS-WKST, wkssvc."""
NETLOGON: Final = "12345678-1234-abcd-ef00-01234567cffb"
"""MS-NRPC."""
REPLICATION: Final = "e3514235-4b06-11d1-ab04-00c04fc2dcd2"
"""MS-DRSR, drsuapi."""
BACKUP_KEYS: Final = "3dde7c30-165d-11d1-ab8f-00805f14db40"
"""MS-BKRP."""
PRINTING: Final = "12345678-1234-abcd-ef00-0123456789ab"
"""MS-RPRN, spoolss."""
NEW_PRINTING: Final = "76f03f96-cdfd-44fc-a22c-64950a001209"
"""MS-PAR."""
FILE_ENCRYPTION: Final = "c681d488-d850-11d0-8c52-00c04fd90f7e"
"""MS-EFSR over lsarpc."""
OLD_FILE_ENCRYPTION: Final = "df1941c5-fe89-4e79-bf10-463657acf44d"
"""MS-EFSR over efsrpc."""
SHADOW_COPIES: Final = "a8e0653c-2744-4389-a61d-7373df8b2292"
"""MS-FSRVP."""
DFS: Final = "4fc742e0-4a10-11cf-8273-00aa004ae673"
"""MS-DFSNM."""
ENDPOINTS: Final = "e1af8308-5d1f-11c9-91a4-08002b14a0fa"
"""C706, endpoint mapper."""
MANAGEMENT: Final = "afa8bd80-7d8a-11c9-bef4-08002b102989"
"""C706, mgmt."""
EVENT_LOG: Final = "82273fdc-e32a-18c3-3f78-827929dc23ea"
"""MS-EVEN."""

NAMES: Final[dict[str, str]] = {
    SERVICES: "svcctl", TASKS: "taskschd", OLD_TASKS: "atsvc", TASK_SECURITY: "sasec", REGISTRY: "winreg",
    ACTIVATOR: "dcom", OLD_ACTIVATOR: "dcom", DISPATCH: "dispatch", WMI_LOGIN: "wmi", WMI: "wmi", ACCOUNTS: "samr",
    POLICY: "lsarpc", SERVER: "srvsvc", WORKSTATION: "wkssvc", NETLOGON: "netlogon", REPLICATION: "drsuapi",
    BACKUP_KEYS: "bkrp", PRINTING: "spoolss", NEW_PRINTING: "par", FILE_ENCRYPTION: "efsr",
    OLD_FILE_ENCRYPTION: "efsr", SHADOW_COPIES: "fsrvp", DFS: "dfsnm", ENDPOINTS: "epmapper", MANAGEMENT: "mgmt",
    EVENT_LOG: "eventlog",
}  # fmt: skip
"""Short names as administrators know them."""

_PIPES: Final[dict[str, str]] = {
    "svcctl": SERVICES, "atsvc": OLD_TASKS, "winreg": REGISTRY, "samr": ACCOUNTS, "lsarpc": POLICY, "srvsvc": SERVER,
    "wkssvc": WORKSTATION, "netlogon": NETLOGON, "spoolss": PRINTING, "protected_storage": BACKUP_KEYS,
    "efsrpc": OLD_FILE_ENCRYPTION, "netdfs": DFS, "eventlog": EVENT_LOG,
}  # fmt: skip


def interface_of(call: RpcCall) -> str:
    """Tell the interface of a call; empty when unknown."""
    return call.interface or interface_of_pipe(call.pipe)


def interface_of_pipe(pipe: str) -> str:
    """Guess the interface from the named pipe, where the bind was not seen; empty when unknown."""
    return _PIPES.get(pipe.lower().rpartition("\\")[2], "")


def short_name(interface: str) -> str:
    """Name an interface as administrators do, or give its number back."""
    return NAMES.get(interface, interface)
