import { spawnSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const has = (program: string) => spawnSync("which", [program], { stdio: "ignore" }).status === 0;
const NUMBERED = Array.from(
  { length: 80 },
  (_, index) => `line-${String(index + 1).padStart(3, "0")}\n`,
).join("");

/** The reference's three conformance scenarios, recorded again. */
const CASES: [program: string, argv: string[], windowSize: string][] = [
  ["top", ["top", "-d", "0.5"], "80x24"],
  ["less", ["less", "numbers.txt"], "72x20"],
  ["vim", ["vim", "-u", "NONE", "-N", "-i", "NONE", "three.txt"], "76x22"],
];

describe("cassette test, of recordings made by a script", () => {
  for (const [program, argv, windowSize] of CASES) {
    it.skipIf(!has(program))(`${program}: everything holds`, async () => {
      const cwd = temporaryDirectory();
      for (const file of [`${program}.yaml`, `${program}.script.yaml`])
        copyFileSync(join(import.meta.dirname, "scenarios", file), join(cwd, file));
      writeFileSync(join(cwd, "numbers.txt"), NUMBERED);
      writeFileSync(join(cwd, "three.txt"), "one\ntwo\nthree\n");
      const env = {
        ...process.env,
        TERM: "xterm-256color",
        LANG: "C.UTF-8",
        LC_ALL: "C.UTF-8",
        HOME: cwd,
        LESSHISTFILE: "-",
      };
      const args = ["--script", `${program}.script.yaml`, "--window-size", windowSize];
      const recorded = await cassette(["record", `${program}.cassette`, ...args, "--", ...argv], {
        cwd,
        env,
      });
      expect(recorded).toMatchObject({ status: 0 });
      const { status, stdout } = await cassette(["test", `${program}.yaml`], { cwd });
      expect(stdout).toMatch(/^ok .*: \d+ assertions\n1 scenario, all passed\n$/);
      expect(status).toBe(0);
    });
  }
});
