"""What the processes of the tests are asked to do; they import this module."""

import os
import signal
import time


def shout(mark: str, word: str) -> str:
    """Work for a moment, longer for shorter words, so that results come out of order."""
    time.sleep(0.02 / (1 + len(word)))
    return word.upper() + mark


def number_of_process(_: object, _item: object) -> int:
    return os.getpid()


def obey(_: object, word: str) -> str:
    """Do what a hostile document does to whoever reads it."""
    match word:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "loop":
            while True:
                pass
        case "eat":
            held = []
            while True:
                held.append(bytearray(1 << 24))
        case "leave":
            os._exit(3)
        case "raise":
            raise ZeroDivisionError("by a document")
        case "unsendable":
            return lambda: word  # type: ignore[return-value]
    return word
