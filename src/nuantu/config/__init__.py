"""Settings, addresses, the command line and the launcher."""
