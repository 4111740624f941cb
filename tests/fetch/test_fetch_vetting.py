"""Which addresses may be asked; the network is never touched."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exceptions import FetchError
from kg.fetch.vetting import is_public, resolve

PRIVATE = """
    127.0.0.1 127.8.9.1 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
    239.255.255.255 240.0.0.1 255.255.255.255 192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1
    :: ::1 fe80::1 fc00::1 fd12::1 ff02::1 fec0::1 2001:db8::1 2001::1 100::1 3fff::1 5f00::1 64:ff9b:1::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1::
    2002:c0a8:101::1 ::127.0.0.1
"""
PUBLIC = "1.1.1.1 8.8.8.8 93.184.216.34 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 100.63.0.1 172.32.0.1"


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_in_every_dress(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_as_itself(ip: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{ip}") == is_public(f"64:ff9b::{ip}") == is_public(str(ip))


def answers(*addresses: str) -> object:
    return lambda host, port, **_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in addresses]


def test_only_the_public_answers_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("10.0.0.1", "93.184.216.34", "127.0.0.1"))
    assert resolve("example.org", 80, allow_private=False) == ["93.184.216.34"]
    assert len(resolve("example.org", 80, allow_private=True)) == 3


def test_a_host_with_private_answers_only_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("10.0.0.1"))
    with pytest.raises(FetchError, match=r"private network \(10\.0\.0\.1\).*--allow-private"):
        resolve("example.org", 80, allow_private=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "::1"])
def test_numbers_are_read_as_the_system_reads_them(host: str) -> None:
    with pytest.raises(FetchError, match=r"private network|unknown host"):
        resolve(host, 80, allow_private=False)
