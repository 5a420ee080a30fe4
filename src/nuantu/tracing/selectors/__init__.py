"""What pages and files show of reports."""
