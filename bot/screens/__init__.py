"""A Screen put into the forms that doors show: plain text, JSON."""
