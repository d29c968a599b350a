"""`geograph serve`: the graph over HTTP, for people (pages) and programs (the SPARQL 1.1 Protocol); read-only.

The server holds no store and evaluates nothing: each request that needs the store is a job for one of a few worker
processes, which is killed at its deadline. Starlette and uvicorn come with the extra `server`.
"""

from geograph.server.settings import Settings

__all__ = ["Settings"]
