# Drives a program in tmux with send-keys: drive-tmux.py STEPS.json OUTPUT PROGRAM ARGS…, as drive.py.
import json, os, re, shlex, shutil, subprocess, sys, tempfile, time

steps, output = json.load(open(sys.argv[1])), os.path.abspath(sys.argv[2])
dir = tempfile.mkdtemp(dir=os.path.dirname(output))
gate, executable = f"{dir}/gate", shutil.which("tmux", path=os.defpath)
os.mkfifo(gate)

def tmux(*args):
    subprocess.run([executable, "-S", f"{dir}/socket", "-f", "/dev/null", *args], check=True, stdout=subprocess.DEVNULL)

def printed(pattern, start=0):
    """Waits for it to be printed."""
    deadline = time.time() + 20
    while not (found := re.compile(pattern).search(open(output, "rb").read(), start)):
        if time.time() > deadline:
            sys.exit(f"not printed: {pattern!r} in {open(output, 'rb').read()!r}")
        time.sleep(0.005)
    return found

# The program starts once all that it prints is piped into the file, and its status is printed after it.
RUN = """
import subprocess, sys
open(sys.argv[1]).read()
print(end=f"[ended {subprocess.call(sys.argv[2:])}]", flush=True)
open(sys.argv[1]).read()
"""
open(output, "wb").close()
tmux("new-session", "-d", "-x", "80", "-y", "24", sys.executable, "-c", RUN, gate, *sys.argv[3:])
try:
    tmux("pipe-pane", f"exec /bin/cat >> {shlex.quote(output)}")
    open(gate, "w").close()
    searched = 0
    for step in steps:
        if "wait" in step:
            searched = printed(re.escape(step["wait"].encode("latin1")), searched).end()
        else:
            tmux("send-keys", "-H", *(f"{byte:02x}" for byte in step["send"].encode("latin1")))
    end = printed(rb"\[ended (-?\d+)\]$")
finally:
    tmux("kill-server")
os.truncate(output, end.start())
status = int(end[1])
print(json.dumps({"signal": -status} if status < 0 else {"code": status}))
