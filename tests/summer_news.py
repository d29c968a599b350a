"""Invented news of one summer, in which every named query finds something."""

from __future__ import annotations

from claim_factory import article, claim, extraction, mention

from geograph.model import Extraction, Status


def world() -> list[Extraction]:
    """Invented news of one summer, in which every named query finds something."""
    a = article("a", publisher="Daily Lantern", title="Two ministers meet", published="2025-07-13")
    b = article("b", published="2025-07-14", agency="Northwire", url="https://news.example/b")
    c = article("c", published="2025-08-01", publisher="The Ferry")
    d = article("d", published="2025-08-02", publisher="Harbour Post")
    e = article("e", published="2025-08-02", publisher="Harbour Post")
    first, second, third = "person.Orlan_Veshnyak", "person.Pak_Seong_Rim", "person.Luc_Tavernier"
    return [
        extraction(
            a,
            [
                claim(a, first, "meets", second, when="2025-07-12", place="Wonsan"),
                claim(a, "PRK", "supplies", "RUS", at=1, item="shells", when="2025-06"),
                claim(a, first, "holdsOfficeIn", "RUS", at=2, item="deputy minister"),
                claim(a, first, "visits", "PRK", at=3, when="2025-07-12"),
            ],
            [mention(a, key, i, i + 3) for i, key in enumerate((first, second, "RUS", "PRK"))],
        ),
        extraction(
            b,
            [
                claim(b, second, "meets", first, when="2025-07"),
                claim(b, "FRA", "sanctions", "PRK", at=1, item="shells", said_by=third),
                claim(b, third, "visits", "JPN", at=2, status=Status.PLANNED, when="2025-09"),
                claim(b, "CHN", "visits", "RUS", at=3, status=Status.PLANNED, when="2025-07-20"),
            ],
            [mention(b, key, i, i + 3) for i, key in enumerate((first, second, "FRA"))],
        ),
        extraction(
            c,
            [
                claim(c, "FRA", "sanctions", "PRK", status=Status.DENIED, said_by="FRA"),
                claim(c, "CHN", "visits", "RUS", at=1, when="2025-07-22"),
            ],
        ),
        extraction(
            d,
            [
                claim(d, "JPN", "memberOf", "FRA", when="2024"),
                claim(d, "RUS", "supplies", "PRK", at=1),
                claim(d, "JPN", "sanctions", "PRK", at=2),
                claim(d, "JPN", "sanctions", "PRK", at=3, when="2025-08-01"),
                claim(d, "JPN", "visits", "RUS", at=4, status=Status.POSSIBLE),
                claim(d, "CHN", "visits", "FRA", at=5, when="2025-05"),
                claim(d, "CHN", "supplies", "PRK", at=6, when="2025-05", item="grain"),
            ],
        ),
        extraction(e, [claim(e, "JPN", "memberOf", "FRA", when="2024")]),
    ]
