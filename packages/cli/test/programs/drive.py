# Drives a program on a terminal and knows nothing of recordings: drive.py STEPS.json OUTPUT PROGRAM ARGS…
# A step is {"wait": TEXT} (of what was printed since the last wait), {"send": LATIN1, "piece": N, "delay": SECONDS}, {"resize": [ROWS, COLS]}
# or {"hangup": true}.
# Prints {"code": …} or {"signal": …}; OUTPUT gets every byte the program printed.
import json, os, pty, select, struct, fcntl, termios, sys, time

steps, output = json.load(open(sys.argv[1])), open(sys.argv[2], "wb")
pid, fd = pty.fork()
if pid == 0:
    time.sleep(0.05)
    os.execvp(sys.argv[3], sys.argv[3:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen, searched = b"", 0

def read(timeout):
    """False once nothing can come any more."""
    global seen
    if not select.select([fd], [], [], timeout)[0]:
        return True
    try:
        data = os.read(fd, 65536)
    except OSError:
        data = b""
    seen += data
    output.write(data)
    return data != b""

hung = False
for step in steps:
    if "wait" in step:
        wanted, until = step["wait"].encode("latin1"), time.time() + 20
        while wanted not in seen[searched:]:
            if time.time() > until:
                sys.exit("not printed: %r in %r" % (wanted, seen[searched:]))
            if not read(0.1):
                break
        searched = seen.find(wanted, searched) + len(wanted)
    elif "send" in step:
        data, size = step["send"].encode("latin1"), step.get("piece", 1 << 16)
        for at in range(0, len(data), size):
            os.write(fd, data[at:at + size])
            time.sleep(step.get("delay", 0))
    elif "resize" in step:
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", *step["resize"], 0, 0))
    elif "hangup" in step:
        os.close(fd)
        hung = True
until = time.time() + 20
while not hung and time.time() < until and read(0.1):
    pass
_, status = os.waitpid(pid, 0)
print(json.dumps({"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"code": os.WEXITSTATUS(status)}))
