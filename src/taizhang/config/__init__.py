"""The only place that names every app: settings, root addresses, command line."""
