"""Which addresses of a network a message may be sent to."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def may_reach(text: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether the IP address lies in the public internet or in a network that was allowed.

    Loopback, private, link-local, shared, reserved and multicast addresses lead into the house
    itself; an IPv4 address written as IPv6 is judged as what it is. Text that is no address: no.
    """
    try:
        address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address.sixtofour or address
    if any(address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast


def is_inward(host: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether a host says by itself, without being looked up, that it leads inward."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        is_local = name == "localhost" or name.endswith(".localhost")
        return not name or (is_local and not may_reach("127.0.0.1", allowed))
    return not may_reach(name, allowed)
