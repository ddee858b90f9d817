"""An error that a command tells in one line."""


class CommandError(Exception):
    """A command can't do its work; the message says why and what to do, on one line."""
