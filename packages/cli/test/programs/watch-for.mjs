// Looks again and again for texts in every file below some directories, and in the arguments and environments of a recorder and its
// helpers; reports where one was seen once its input ends.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [needles, recorder, ...dirs] = process.argv.slice(2);
const texts = JSON.parse(needles ?? "[]").map((text) => Buffer.from(text));
const seen = new Set();
const processes = new Set();
let rounds = 0;
let over = false;
let recorderPid = null;

function look(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) attempt(() => look(path));
    else if (entry.isFile()) attempt(() => lookInto(path));
  }
}

function lookInto(path) {
  const bytes = readFileSync(path);
  for (const [index, text] of texts.entries()) if (bytes.includes(text)) seen.add(`${path}: text ${index}`);
}

/** A process whose second argument is the recorder's command and one of whose others is the cassette's path. */
function findRecorder() {
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    attempt(() => {
      const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (argv[2] === "record" && argv.includes(recorder)) recorderPid = pid;
    });
  }
}

/** Looks at a process and its children, without the program that is recorded: it leads a session of its own. */
function lookAtProcess(pid) {
  processes.add(pid);
  lookInto(`/proc/${pid}/cmdline`);
  lookInto(`/proc/${pid}/environ`);
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim();
    for (const child of children === "" ? [] : children.split(" ")) {
      attempt(() => {
        if (sessionOf(child) !== child) lookAtProcess(child);
      });
    }
  }
}

function sessionOf(pid) {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")[3];
}

/** Files and processes come and go. */
function attempt(run) {
  try {
    run();
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "ESRCH") throw error;
  }
}

process.stdin.resume().on("end", () => {
  over = true;
});

function round() {
  for (const dir of dirs) attempt(() => look(dir));
  if (recorder !== "") {
    if (recorderPid === null) attempt(findRecorder);
    else attempt(() => lookAtProcess(recorderPid));
  }
  rounds++;
  if (over) process.stdout.write(JSON.stringify({ rounds, seen: [...seen], processes: processes.size }));
  else setTimeout(round, 1);
}

round();
