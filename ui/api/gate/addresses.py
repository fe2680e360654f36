"""Where a connection comes from, as limits count it; and which of these addresses are proxies of ours."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

EVERYONE = "*"
_ONE_HOLDER = 64  # bits of an IPv6 address that tell one line from another; the rest its holder picks at will


def counted_address(host: str) -> str:
    """Return an address as limits count it; what is no address stays what it is.

    Of IPv6 that is the network of one line: its holder may pick another address of it each time.

    >>> counted_address("192.0.2.7"), counted_address("::ffff:192.0.2.7")
    ('192.0.2.7', '192.0.2.7')
    >>> counted_address("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::/64'
    """
    address = _address(host)
    if not isinstance(address, IPv6Address):
        return str(address) if address else host
    return str(IPv6Network((address, _ONE_HOLDER), strict=False))


class Proxies:
    """The proxies that a setting names, by address or network; `*` for every address."""

    def __init__(self, named: str) -> None:
        """Read the setting.

        Raises:
            ValueError: it names something that is neither an address nor a network; the message is Chinese.
        """
        words = [word.strip() for word in named.split(",") if word.strip()]
        self._are_all = EVERYONE in words
        try:
            self._networks = [ip_network(word, strict=False) for word in words if word != EVERYONE]
        except ValueError:
            raise ValueError("应为逗号分隔的地址或网段，如 127.0.0.1 或 172.16.0.0/12") from None

    def __contains__(self, host: str) -> bool:
        """Tell whether an address is one of them.

        >>> "172.20.0.3" in Proxies("127.0.0.1, 172.16.0.0/12"), "192.0.2.7" in Proxies("")
        (True, False)
        """
        address = _address(host)
        return self._are_all or (
            address is not None
            and any(address in network for network in self._networks if network.version == address.version)
        )


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
