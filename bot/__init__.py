"""Where the conversation meets people: web chat, terminal, Telegram, command line."""
