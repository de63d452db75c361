# Drives a program with pexpect: drive-pexpect.py STEPS.json OUTPUT PROGRAM ARGS…, as drive.py.
import json, sys
import pexpect

steps = json.load(open(sys.argv[1]))
with open(sys.argv[2], "wb") as output:
    child = pexpect.spawn(sys.argv[3], sys.argv[4:], timeout=20, dimensions=(24, 80), logfile=None)
    child.logfile_read = output
    for step in steps:
        if "wait" in step:
            child.expect_exact(step["wait"].encode("latin1"))
        else:
            child.send(step["send"].encode("latin1"))
    child.expect(pexpect.EOF)
    child.close()
print(json.dumps({"signal": child.signalstatus} if child.signalstatus else {"code": child.exitstatus}))
