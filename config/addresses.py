"""Where this server can be reached: the host names it answers to, and the address that goes into the QR code."""

import ipaddress
import socket


def lan_address() -> str:
    """The IPv4 address of this machine on its own network, or 127.0.0.1 where it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            address = probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"
    return address if ipaddress.ip_address(address).is_private else "127.0.0.1"


def own_hosts() -> list[str]:
    """Every name a phone or the laptop itself may use for this machine; never `*`."""
    name = socket.gethostname()
    return sorted({"localhost", "127.0.0.1", "[::1]", name.lower(), f"{name.lower()}.local", lan_address()})
