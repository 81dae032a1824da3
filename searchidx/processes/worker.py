"""The child's side: take calls from a socket, make them, send back what comes out.

A call that takes too much processor time ends this process, and so does one that takes too much memory:
the parent learns it from the way it ended. When the parent goes, this process ends at once, whatever it
is doing.
"""

import os
import pickle
import resource
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

# Of the address space: four times what 20 MB of text in one document need, the most that is read.
MEMORY_BYTES = 2 << 30
# Of processor time for a call, and more for each byte sent: about four times what a large text needs.
# Wall time would make a loaded machine give other results.
SECONDS, SECONDS_PER_MB = 30.0, 20.0
OUT_OF_MEMORY = 75  # exit status
READY = -1  # instead of the number of a call
SHARE, CALL = b"s", b"c"  # the first byte of a message

Answer = tuple[int, bool, object]  # number of the call; whether it came to an end; its result or its error


def serve(descriptor: int, memory_bytes: int = MEMORY_BYTES, seconds: float = SECONDS) -> None:
    """Make the calls that come from a socket until it is closed."""
    with suppress(OSError, ValueError):  # a lower limit is in force already
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(descriptor)
    messages: SimpleQueue[bytes] = SimpleQueue()
    # The parent never waits for a busy child to take a message, so the two can't wait for each other.
    Thread(target=_receive, args=(connection, messages), daemon=True).start()
    try:
        _send(connection, (READY, True, None))
        shared: object = None
        while True:
            message = messages.get()
            if message[:1] == SHARE:
                shared = pickle.loads(message[1:])  # noqa: S301  # from our own parent
            else:
                _send(connection, _call(message[1:], shared, seconds))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except OSError:
        os._exit(0)  # the parent is gone


def _receive(connection: Connection, messages: "SimpleQueue[bytes]") -> None:
    status = 1
    try:
        while True:
            messages.put(connection.recv_bytes())
    except (EOFError, OSError):
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def _call(message: bytes, shared: object, seconds: float) -> Answer:
    number: int
    function: Callable[[object, object], object]
    number, function, item = pickle.loads(message)  # noqa: S301  # from our own parent
    # Nobody handles the signal: it ends the process, in whatever library it is.
    signal.setitimer(signal.ITIMER_PROF, seconds + SECONDS_PER_MB * len(message) / 1e6)
    try:
        return number, True, function(shared, item)
    except MemoryError:
        raise
    except Exception as error:  # the border of the process: raised again in the parent
        error.add_note("in a process for the cleaner:\n" + traceback.format_exc())
        return number, False, error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _send(connection: Connection, answer: Answer) -> None:
    try:
        data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError):
        number, is_done, value = answer
        notes = getattr(value, "__notes__", ["what came out can't be sent"])
        if is_done:
            notes = [f"a {type(value).__name__} can't be sent"]
        data = pickle.dumps((number, False, RuntimeError("\n".join(notes))), pickle.HIGHEST_PROTOCOL)
    connection.send_bytes(data)
