"""Runs a command on a terminal of its own: waits for a text, types, and so on; prints what came and how it ended."""
import json, os, pty, select, sys, time

steps = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
seen = b""


def read():
    global seen
    try:
        piece = os.read(fd, 65536)
    except OSError:
        piece = b""
    seen += piece
    return piece != b""


at = 0
for wait_for, typed, pieces in steps:
    while seen.find(wait_for.encode(), at) < 0 and read():
        pass
    at = len(seen)
    data = typed.encode()
    for n in range(0, len(data), pieces):
        os.write(fd, data[n : n + pieces])
        time.sleep(0.002)
while read():
    pass
_, status = os.waitpid(pid, 0)
print(json.dumps({"status": os.waitstatus_to_exitcode(status), "output": seen.hex()}))
