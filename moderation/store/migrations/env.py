"""Runs migrations over the connection that moderation.store.migration opened."""

from __future__ import annotations

from alembic import context

from moderation.store.schema import SCHEMA

context.configure(connection=context.config.attributes["connection"], target_metadata=SCHEMA)
context.run_migrations()
