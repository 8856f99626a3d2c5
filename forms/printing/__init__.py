"""Printing: the fonts, which characters they draw, and HTML to PDF in warm processes."""
