"""What is asked, judged and printed. Pure: no database, no network, no chat."""
