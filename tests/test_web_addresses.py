"""Which addresses may be asked at all."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given, strategies as st
from web_server import World, moved, web_server

from geograph.errors import FetchError
from geograph.web.addresses import Allowed, checked, joined, place_of, shown

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]
PRIVATE = [
    *("127.0.0.1", "127.8.9.1", "10.0.0.8", "172.31.255.1", "192.168.1.1", "100.64.0.1", "::1", "fc00::1"),
    *("fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
]
NEVER = [
    *("0.0.0.0", "169.254.169.254", "169.254.1.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "198.18.0.1", "203.0.113.9", "::", "fe80::1", "fe80::1%lo", "ff02::1"),
    *("fd00:ec2::254", "2002:7f00:1::", "2001::1", "2001:db8::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"),
    *("::127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "100::1", "not an address"),
]


def check(address: str, *, private: bool = False, url: str = "http://name.test/") -> list[str]:
    return checked(place_of(url), Allowed(private=private), lambda host, port: [address])


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_asked(address: str) -> None:
    assert check(address) == [address]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_asked_only_where_it_is_allowed(address: str) -> None:
    with pytest.raises(FetchError, match="--allow-private"):
        check(address)
    assert check(address, private=True) == [address]


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("private", [False, True])
def test_other_special_addresses_and_metadata_services_are_never_asked(address: str, private: bool) -> None:
    with pytest.raises(FetchError, match="leads to"):
        check(address, private=private)


@given(st.ip_addresses())
def test_no_address_that_python_knows_to_be_special_may_be_asked(address: object) -> None:
    known = ip_address(str(address))
    if getattr(known, "ipv4_mapped", None) is not None or str(known).startswith("64:ff9b::"):
        return  # These stand for an IPv4 address, which may be a public one.
    if known.is_private or known.is_loopback or known.is_link_local or known.is_multicast or known.is_reserved:
        with pytest.raises(FetchError):
            check(str(address))


def test_a_name_with_one_private_address_among_public_ones_is_not_asked() -> None:
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        checked(place_of("http://name.test/"), Allowed(), lambda host, port: [PUBLIC[0], "10.0.0.1"])


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.test/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///x", "http://a.test:0/"),
        *("http://a.test:99999/", "http://user:secret@a.test/", "http://[::1", "http://a b.test/", "//a.test/", ""),
        *("http://a.test/" + "x" * 3000, "http://a\x00b.test/", "http://xn--\udcff.test/", "data:text/html,x"),
    ],
)
def test_what_is_no_web_address_is_refused_in_one_line(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        place_of(url)
    assert "\n" not in str(caught.value) and "secret" not in str(caught.value)


def test_ports_other_than_those_of_the_web_are_asked_only_where_allowed() -> None:
    with pytest.raises(FetchError, match="--allow-port 6379"):
        check(PUBLIC[0], url="http://name.test:6379/")


def test_addresses_are_written_in_one_way() -> None:
    assert place_of("HTTP://Bücher.Test:80/a b?q=ä#part").url == "http://xn--bcher-kva.test/a%20b?q=%C3%A4"
    assert joined("https://a.test/feed", "/x?utm_source=rss&id=3&utm_medium=m#top") == "https://a.test/x?id=3"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "mailto:a@b.test", "java\nscript:x"])
def test_a_link_that_is_no_web_address_is_refused(link: str) -> None:
    with pytest.raises(FetchError):
        joined("https://a.test/feed", link)


@given(st.text())
def test_any_text_is_an_address_or_a_named_error(text: str) -> None:
    for parse in (place_of, lambda url: joined("https://a.test/", url)):
        try:
            parse(text)
        except FetchError as error:
            assert str(error).isprintable()


def test_messages_hold_no_control_characters() -> None:
    assert shown("http://a.test/\x1b[31mred\n\u202e") == "http://a.test/?[31mred ?"


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f.1:{port}/"),
        *("http://127.1:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/"),
        "http://127.0.0.1.:{port}/",
    ],
)
def test_unless_it_is_allowed_nothing_ever_connects_to_this_machine(url: str) -> None:
    from geograph.web.fetch import Fetcher

    with web_server() as server:
        fetcher = Fetcher(Allowed(ports=frozenset((80, 443, server.port))))
        with pytest.raises(FetchError):
            fetcher.get(url.format(port=server.port))
        assert server.connections == 0


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    with web_server() as outer, web_server() as inner:
        outer.pages["/"] = moved(f"http://inner.test:{inner.port}/secret")
        world = World(names={"inner.test": [["169.254.169.254"]]})
        with pytest.raises(FetchError, match=r"inner\.test.*169\.254"):
            world.fetcher(outer.port, inner.port).get(f"{outer.url}/")
        assert inner.connections == 0


def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    """The name leads elsewhere as soon as it was checked (DNS rebinding): nobody asks again where it leads."""
    with web_server() as server:
        server.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>right"
        world = World(names={"name.test": [["127.0.0.1"], ["169.254.169.254"]]})
        assert world.fetcher(server.port).get(f"http://name.test:{server.port}/").body == b"<p>right"
        assert world.resolved == ["name.test"]
        assert {request.headers["host"] for request in server.requests} == {f"name.test:{server.port}"}
        with pytest.raises(FetchError, match=r"169\.254"):
            world.fetcher(server.port).get(f"http://name.test:{server.port}/")
