"""Web addresses -> articles: pages, feeds, sitemaps and lists of feeds, fetched politely and with suspicion.

`WebReader` in `reading` is the way in; `watch` reads feeds again and again. Nothing here trusts an address, a length,
a type or a document that somebody else wrote.
"""
