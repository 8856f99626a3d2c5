"""How it is asked: every role's conversation. Pure: a Turn in, a Screen out."""
