"""What a report says, read from forms, tables and PFIF files; pure."""
