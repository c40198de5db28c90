"""Fetching open data: safely, in pages, resumable; and what of it would become figures."""
