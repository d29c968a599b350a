"""IRIs: the base, the prefixes, and how keys and ids become IRIs and back.

`gg:` is the vocabulary. `geo:` is never bound: rdflib reserves it for GeoSPARQL and would write `geo1`.
"""

from __future__ import annotations

from dataclasses import dataclass

BASE = "https://w3id.org/geograph/"

STANDARD_PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "wgs84": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Vocabulary:
    """The IRIs below one base, which ends in `/`."""

    base: str = BASE

    @property
    def ns(self) -> str:
        """The namespace of the vocabulary itself; it stays the same under every base."""
        return f"{BASE}ns#"

    def term(self, name: str) -> str:
        """The IRI of a class, property or relation of the vocabulary."""
        return self.ns + name

    def entity(self, key: str) -> str:
        """The IRI of an entity."""
        return f"{self.base}id/{key}"

    def claim(self, id: str) -> str:
        """The IRI of a claim."""
        return f"{self.base}claim/{id}"

    def fact(self, id: str) -> str:
        """The IRI of a fact."""
        return f"{self.base}fact/{id}"

    def article(self, id: str) -> str:
        """The IRI of an article, which is also the name of its graph."""
        return f"{self.base}article/{id}"

    def listing(self, id: str) -> str:
        """The IRI of an entity's entry in a sanctions list."""
        return f"{self.base}listing/{id}"

    def encounter(self, id: str) -> str:
        """The IRI of an encounter."""
        return f"{self.base}encounter/{id}"

    def prefixes(self) -> dict[str, str]:
        """Every prefix that queries and exports know, with its namespace."""
        own = {
            "gg": self.ns,
            "id": f"{self.base}id/",
            "claim": f"{self.base}claim/",
            "fact": f"{self.base}fact/",
            "article": f"{self.base}article/",
            "encounter": f"{self.base}encounter/",
        }
        return dict(sorted({**STANDARD_PREFIXES, **own}.items()))

    @staticmethod
    def local(iri: str) -> str:
        """The last part of an IRI, after its last `/` or `#`.

        >>> Vocabulary.local("https://w3id.org/geograph/id/Russia")
        'Russia'
        """
        return iri.replace("#", "/").rsplit("/", 1)[-1]
