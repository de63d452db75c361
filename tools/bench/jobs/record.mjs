import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeColouredLog } from "../corpus.mjs";

const READ = join(import.meta.dirname, "../programs/read-terminal.mjs");

/** @param {import("../main.mjs").Bench} bench */
export function groups({ dir, quick, cassette, compile, spawn, has }) {
  const log = join(dir, "log.txt");
  writeColouredLog(log, quick ? 8e6 : 200e6);
  const tiny = compile("tiny-writes");
  const missing = ["script", "asciinema", "ttyrec"].filter((peer) => !has(peer));
  const writes = quick ? 20_000 : 200_000;
  return [
    {
      title: "a terminal that prints a coloured log",
      jobs: contestants(["cat", log], statSync(log).size, [commandLine(["cat", log])]),
      missing,
    },
    {
      title: `a terminal that prints ${writes} tiny writes`,
      jobs: contestants([tiny, String(writes)]),
      missing,
    },
  ];

  function contestants(program, bytes, more = []) {
    const run = (...argv) => spawn(argv, { cwd: dir });
    const target = join(dir, "it.cassette");
    const record = (...how) => {
      rmSync(target, { recursive: true, force: true });
      return run(process.execPath, READ, "--record", target, ...how, "--", ...program);
    };
    const jobs = [
      { name: "bare C reader", bytes, run: () => run(compile("pty-reader"), ...program) },
      { name: "driver", bytes, run: () => run(process.execPath, READ, "--", ...program) },
      { name: "driver and recorder", bytes, run: () => record() },
      { name: "driver, recorder, commit", bytes, run: () => record("--commit") },
      ...more.map((job) => ({ ...job, bytes })),
    ];
    if (has("script")) {
      const typescript = join(dir, "typescript");
      jobs.push({ name: "script", bytes, run: () => run("script", "-qec", program.join(" "), typescript) });
    }
    if (has("asciinema")) {
      const cast = join(dir, "it.cast");
      const args = ["rec", "--quiet", "--overwrite", "--command", program.join(" "), cast];
      jobs.push({ name: "asciinema", bytes, run: () => run("asciinema", ...args) });
    }
    if (has("ttyrec")) {
      const args = ["-e", program.join(" "), join(dir, "it.tty")];
      // It needs its own terminal for output.
      jobs.push({
        name: "ttyrec, inside the C reader",
        bytes,
        run: () => run(compile("pty-reader"), "ttyrec", ...args),
      });
    }
    return jobs;
  }

  /** The whole command: with the emulator, frames and verification. */
  function commandLine(program) {
    const target = join(dir, "command.cassette");
    return {
      name: "cassette record",
      run: () => {
        rmSync(target, { recursive: true, force: true });
        return spawn([process.execPath, cassette, "record", "-q", target, "--", ...program]);
      },
    };
  }
}
