"""Telegram: Updates become Turns, Screens become messages. No conversation is led here."""
