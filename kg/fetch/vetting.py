"""Which network addresses may be asked: public ones, so that no page can send us to the user's own machines."""

import ipaddress
import socket

from kg.exceptions import FetchError

# What the standard library of some supported Python calls global and is not, or not for us.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4, withdrawn
        "198.18.0.0/15",  # benchmarks
        "64:ff9b:1::/48",  # local translation to IPv4
        "100::/64",  # discarded
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local, withdrawn
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: str) -> bool:
    """Tell whether a numeric address is on the public internet, also judging an IPv4 address inside an IPv6 one."""
    ip = _inner(ipaddress.ip_address(address))
    listed = any(ip in network for network in _NOT_PUBLIC)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or listed)


def resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """Return the numeric addresses of a host that may be asked, in the system's order.

    Raises FetchError if there are none, or only private ones while ``allow_private`` is False. The caller connects to
    one of these and never asks for the name again, so that a second answer cannot lead elsewhere.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"unknown host {host}") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    allowed = [address for address in addresses if allow_private or is_public(address)]
    if not allowed:
        where = "" if addresses == [host] else f" ({', '.join(addresses)})"
        raise FetchError(f"{host} is on a private network{where}; to read it all the same: --allow-private")
    return allowed


def _inner(ip: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, or the address itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
