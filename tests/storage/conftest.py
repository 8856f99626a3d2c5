"""Every test of storage runs on SQLite and on PostgreSQL."""

from tests.storage.servers import database, empty_url, postgresql, url

__all__ = ["database", "empty_url", "postgresql", "url"]
