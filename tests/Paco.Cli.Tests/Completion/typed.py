"""Types lines into an interactive shell, each when the shell asks for one, and prints all that the terminal shows.

typed.py PROMPT COMMAND…    the lines, keys and all, come from the standard input
"""

import os
import pty
import sys

prompt, command = sys.argv[1].encode(), sys.argv[2:]
lines = sys.stdin.buffer.read().split(b"\n")
shell, terminal = pty.fork()
if shell == 0:
    os.execvp(command[0], command)


def shown():
    try:
        return os.read(terminal, 65536)
    except OSError:  # The shell is gone.
        return b""


screen, seen = b"", 0
for line in lines:
    while prompt not in screen[seen:]:
        more = shown()
        if not more:
            break
        screen += more
    seen = len(screen)
    os.write(terminal, line + b"\r")
while more := shown():
    screen += more
sys.stdout.buffer.write(screen)
_, status = os.waitpid(shell, 0)
sys.exit(os.waitstatus_to_exitcode(status))
