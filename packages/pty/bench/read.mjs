// node bench/read.mjs [--record FILE] PROGRAM ARGS…
// Reads a program's terminal through the driver and prints what that took, as one line of JSON. With --record the bytes
// go into a file and through SHA-256, whole and chunk by chunk, as a recorder does it.
import { createHash, hash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { createPtyDriver } from "../dist/index.js";

const argv = process.argv.slice(2);
const file = argv[0] === "--record" ? argv.splice(0, 2)[1] : undefined;

function createSink(path) {
  if (path === undefined) return { take() {}, close() {} };
  const raw = openSync(path, "w");
  const index = openSync(`${path}.jsonl`, "w");
  const whole = createHash("sha256");
  let pending = [];
  let lines = "";
  let held = 0;
  function flush() {
    const bytes = Buffer.concat(pending);
    whole.update(bytes);
    writeSync(raw, bytes);
    writeSync(index, lines);
    pending = [];
    lines = "";
    held = 0;
  }
  return {
    take({ seq, t_ms, offset, bytes }) {
      pending.push(bytes);
      lines += `{"seq":${seq},"t_ms":${Math.trunc(t_ms)},"offset":${offset},"length":${bytes.length},"sha256":"${hash("sha256", bytes)}"}\n`;
      held += bytes.length;
      if (held >= 65_536) flush();
    },
    close() {
      flush();
      whole.digest("hex");
      closeSync(raw);
      closeSync(index);
    },
  };
}

const start = performance.now();
const cpu = process.cpuUsage();
const session = await createPtyDriver().start({ argv, rows: 24, cols: 80 });
const sink = createSink(file);
let bytes = 0;
let chunks = 0;
for await (const event of session.events()) {
  if (event.kind !== "output") continue;
  sink.take(event);
  bytes += event.bytes.length;
  chunks++;
}
sink.close();
await session.close();
const { user, system } = process.cpuUsage(cpu);
const wallMs = performance.now() - start;
const cpuMs = (user + system) / 1_000;
console.log(JSON.stringify({ bytes, chunks, wallMs, cpuMs, withProgramMs: cpuMs + collectedCpuMs() }));

/** CPU time of the children that have ended, from hundredths of a second. */
function collectedCpuMs() {
  const stat = readFileSync("/proc/self/stat", "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
