"""Serve an app to this machine, for ``searchidx serve``.

In: an app and an address. Out: nothing; answers until it is interrupted. One line for each request goes to
the log of werkzeug, which prints it to stderr. For a page that the world may see, hang ``SearchIdx`` into
an app of your own behind a server made for that.
"""

import socket
from collections.abc import Callable

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server, select_address_family

from searchidx.errors import StorageError
from searchidx.flask.markup import visible


class _Plain(WSGIRequestHandler):
    """Logs requests without colours, which do not belong into a file."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        status = int(code) if isinstance(code, int) else code
        self.log("info", '"%s" %s %s', visible(getattr(self, "requestline", "")), status, size)


def serve(app: Flask, host: str, port: int, *, started: Callable[[int], None]) -> None:
    """Listen, call ``started`` with the port (another one where it was 0), and answer until ^C.

    An address that can't be had is a ``StorageError``.
    """
    try:
        listener = socket.create_server((host, port), family=select_address_family(host, port))
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StorageError(
            f"can't listen at {host}:{port}: {reason}; give another --port or --host"
        ) from error
    with listener:
        server = make_server(host, port, app, threaded=True, request_handler=_Plain, fd=listener.fileno())
        started(listener.getsockname()[1])
        server.serve_forever()
