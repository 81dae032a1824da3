"""``searchidx serve``, in a process of its own."""

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

LINE = re.compile(r"searching at (http://127\.0\.0\.1:\d+/)")


def test_the_server_says_where_it_is_answers_and_logs_plainly_until_it_is_interrupted(index: Path) -> None:
    # Tests started in the background of a shell ignore ^C, and hand that down.
    heed = "import signal, searchidx.cli as c; signal.signal(2, signal.default_int_handler); c.main()"
    command = [sys.executable, "-c", heed, "serve", "--port", "0", "--index", str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = LINE.match(server.stderr.readline())
        assert said
        with urllib.request.urlopen(f"{said[1]}?q=talks") as answer:  # noqa: S310  # our own server
            assert answer.status == 200
        server.send_signal(signal.SIGINT)
        out, log = server.communicate(timeout=20)
    assert out == ""
    assert '"GET /?q=talks HTTP/1.1" 200' in log
    assert "\x1b" not in log
    assert "WARNING" not in log
