"""A demo office beside an installation where nobody has begun: people, cases and doors of its own, taken away by one press."""
