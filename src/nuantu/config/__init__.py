"""Where the packages are put together, and the only place that knows all of them.

Settings and the environment, addresses, the HTTP interface, the command line, the launcher that
sets an installation up and watches over it, the demo prefecture, and the catalogue of the 474
rules. Nothing here decides anything about people.
"""
