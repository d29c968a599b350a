"""Web addresses and what they may lead to: parsed strictly, resolved once, and checked before anything connects.

A page or feed may name any address, and a name may resolve to one; a machine inside a network must not be made to ask
its neighbours, its own services, or the metadata service of its cloud on behalf of a stranger. The blocks are those of
the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890); Python's own `is_global` differs between versions.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from geograph.errors import FetchError

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
_SHOWN = 200
_LOCAL = tuple(map(ip_network, ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_LOCAL_6 = tuple(map(ip_network, ("::1/128", "fc00::/7")))
_NEVER = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "100.100.100.200/32",  # metadata service of Alibaba Cloud
            "168.63.129.16/32",  # the host of a virtual machine in Azure, though the address is a public one
            "169.254.0.0/16",  # link-local, and with it most metadata services
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
_NEVER_6 = tuple(map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fd00:ec2::/32")))
_GLOBAL_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")

Resolver = Callable[[str, int], Sequence[str]]
"""A host and a port -> its IP addresses. Raises OSError for a name that has none."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be connected to beside public addresses at the usual ports: private networks, further ports."""

    private: bool = False
    ports: frozenset[int] = frozenset(PORTS.values())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a URL leads: scheme, host as DNS knows it, port, and what to ask for there."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """The host and, where it is not the usual one, the port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, percent-encoded, without fragment."""
        return f"{self.scheme}://{self.netloc}{self.target}"


def shown(text: str) -> str:
    """An untrusted text for a message: one printable line of bounded length."""
    line = "".join(character if character.isprintable() else "?" for character in " ".join(text.split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def place_of(url: str) -> Place:
    """Where an absolute http or https URL leads. Raises FetchError for any other."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = _host(parts)
    except ValueError as error:
        raise FetchError(f"{shown(url)}: is no web address ({shown(str(error))}); mend it") from error
    if parts.scheme not in PORTS or not host or port == 0:
        raise FetchError(f"{shown(url)}: is no web address; only http and https are read")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{shown(parts.hostname or '')}: the address holds a name or password; give it without")
    if len(url) > LONGEST:
        raise FetchError(f"{shown(url)}: an address of over {LONGEST} characters; give a shorter one")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Place(parts.scheme, host, port or PORTS[parts.scheme], urlunsplit(("", "", path, query, "")))


def joined(base: str, link: str) -> str:
    """The page that a link in `base` leads to, without fragment or the marks of campaigns (`utm_…`).

    Raises FetchError for what is no web address: `javascript:`, `file:` and the like.
    """
    if not link.strip():
        raise FetchError("names no web address; leave it out")
    try:
        parts = urlsplit(urljoin(base, "".join(link.split())))
    except ValueError as error:
        raise FetchError(f"{shown(link)}: is no web address; mend it") from error
    query = "&".join(part for part in parts.query.split("&") if not part.lower().startswith("utm_"))
    return place_of(urlunsplit(parts._replace(query=query, fragment=""))).url


def is_of_site(url: str, site: str) -> bool:
    """Whether an address lies on the host of another or below it; `www.`, `feeds.` and `rss.` are passed over.

    Not above it: whoever has a part of a host does not speak for the whole.
    """
    host, other = _bare(place_of(url).host), _bare(place_of(site).host)
    return host == other or host.endswith(f".{other}")


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system finds for a host, in its order, each once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def checked(place: Place, allowed: Allowed, resolver: Resolver) -> list[str]:
    """The addresses to connect to, in the resolver's order. Raises FetchError for a place that may not be asked.

    A name with one address that may not be asked is not asked at all. Whoever connects must use what is given back:
    resolved again, the name may lead elsewhere (DNS rebinding).
    """
    if place.port not in allowed.ports:
        raise FetchError(f"{shown(place.url)}: port {place.port} is not asked; allow it with --allow-port {place.port}")
    try:
        found = resolver(place.host, place.port)
    except (OSError, UnicodeError) as error:
        raise FetchError(
            f"{shown(place.url)}: no such host; check the address and the network", passing=True
        ) from error
    if not found:
        raise FetchError(f"{shown(place.url)}: its host has no address; check the name", passing=True)
    for address in found:
        if reason := _refused(address, allowed):
            raise FetchError(f"{shown(place.url)}: {reason}")
    return list(found)


def _bare(host: str) -> str:
    return host.removeprefix("www.").removeprefix("feeds.").removeprefix("rss.")


def _refused(text: str, allowed: Allowed) -> str | None:
    """Why an address may not be asked, None if it may."""
    try:
        address = ip_address(text)
    except ValueError:
        return "leads to what is no IP address; leave it out"
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return f"leads to {address}, an address of one network link; leave it out"
        if (mapped := address.ipv4_mapped) is not None:
            address = mapped
        elif address in _NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
    return _refused_4(address, allowed) if isinstance(address, IPv4Address) else _refused_6(address, allowed)


def _refused_4(address: IPv4Address, allowed: Allowed) -> str | None:
    if any(address in block for block in _NEVER):
        return _never(address)
    if any(address in block for block in _LOCAL) and not allowed.private:
        return _private(address)
    return None


def _refused_6(address: IPv6Address, allowed: Allowed) -> str | None:
    if any(address in block for block in _NEVER_6):
        return _never(address)
    if any(address in block for block in _LOCAL_6):
        return None if allowed.private else _private(address)
    return None if address in _GLOBAL_6 else _never(address)


def _never(address: IPv4Address | IPv6Address) -> str:
    return f"leads to {address}, which is no address of the public internet; leave it out"


def _private(address: IPv4Address | IPv6Address) -> str:
    return f"leads to {address}, an address of this machine or a private network; if you trust it, give --allow-private"


def _host(parts: SplitResult) -> str:
    """The host in the letters of DNS. Raises ValueError for one that has none (UnicodeError is one)."""
    host = (parts.hostname or "").rstrip(".")
    if host.isascii():
        if any(not (letter.isalnum() or letter in ".-_:") for letter in host):
            raise ValueError("its host holds characters that no host may hold")
        return host
    return host.encode("idna").decode("ascii").lower()
