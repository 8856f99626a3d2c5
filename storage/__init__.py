"""What is kept: tables, unit of work, files, outbox, migrations."""
