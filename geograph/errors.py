"""The errors that geograph raises on purpose.

    GeographError            something the user can mend; the message says what and how
    ├── SourceError          an article or file that cannot be read; the batch goes on without it
    │   └── FetchError       a web address that may not be asked, or gave nothing that can be read
    ├── OntologyError        an ontology file that is broken or incomplete
    ├── ModelError           no usable spaCy pipeline
    ├── ReaderError          a language model that cannot be asked, or has not answered
    ├── CurationError        a decision that cannot hold, or a file of decisions that is broken
    ├── StoreError           a store that is in use, of another version or damaged
    ├── QueryError           a query that is broken, refused or names something unknown
    │   └── RefusedError     a query that may not run here, or whose answer is too large
    └── PushError            a store elsewhere that cannot be reached or written, or holds something else

Every message is one line, names the file or option, and says what to do.
"""


class GeographError(Exception):
    """Base of all errors that the user can mend."""


class SourceError(GeographError):
    """An article or file that cannot be read."""


class FetchError(SourceError):
    """A web address that may not be asked, or gave nothing that can be read; `passing` if it may do so later."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class OntologyError(GeographError):
    """An ontology file that is broken or incomplete."""


class ModelError(GeographError):
    """No usable spaCy pipeline."""


class ReaderError(GeographError):
    """A language model that cannot be asked, or has not answered."""


class CurationError(GeographError):
    """A decision that cannot hold, or a file of decisions that is broken."""


class StoreError(GeographError):
    """A store that is in use, of another version or damaged."""


class QueryError(GeographError):
    """A query that is broken, refused or names something unknown."""


class RefusedError(QueryError):
    """A query that may not run here, or whose answer is too large."""


class PushError(GeographError):
    """A store elsewhere that cannot be reached or written, or holds something else."""
