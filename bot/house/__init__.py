"""The use cases that every door shares: what a person sends becomes durable, and the Screen that follows."""
