"""The web chat: the practical door for most people, opened in a phone's browser or inside WeChat's."""
