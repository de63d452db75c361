import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";

const folder = temporaryDirectory();
const source = join(folder, "source");
const TOKEN = `ghp_${"A1b2C3d4E5".repeat(4).slice(0, 36)}`;
const PROGRAM = `printf 'name? '; read name; printf '\\033[2J\\033[Hhello %s\\n' "$name"; read again; printf '${TOKEN.slice(0, 20)}'; sleep 0.2; printf '${TOKEN.slice(20)} end\\n'`;
const SCRIPT = [
  { wait: "name?" },
  { type: "Ada\r" },
  { wait: "hello Ada" },
  { mark: "hello" },
  { sleep: "300ms" },
  { type: "x\r" },
];

beforeAll(async () => {
  const script = join(folder, "script.json");
  writeFileSync(script, JSON.stringify(SCRIPT));
  const { status, stderr } = await cassette([
    "record",
    source,
    "-q",
    "--script",
    script,
    "--",
    "sh",
    "-c",
    PROGRAM,
  ]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
}, 30_000);

describe("cassette trim", () => {
  it("cuts at a mark, and shows there what the source shows", async () => {
    const target = join(folder, "from-mark");
    const { status, stderr } = await cassette(["trim", source, "-o", target, "--from", "mark=hello"]);
    expect(status).toBe(0);
    expect(stderr).toContain("It cannot be a stub: inputs were cut off its start.");
    const [cut, whole] = await Promise.all(
      [target, source].map((dir) => cassette(["frames", dir, "--last"])),
    );
    expect(cut?.stdout).toBe(whole?.stdout);
    expect((await cassette(["verify", "--rerender", target])).stdout).toMatch(/^ok /);
    expect((await cassette(["info", target])).stdout).toMatch(
      /cut +\d+\.\d{3}s to \d+\.\d{3}s of [\da-f-]{36}/,
    );
    const stub = await cassette(["stub", target]);
    expect(stub.stderr).toContain("[CASSETTE_RECORDING_CUT]");
  });

  it("scrubs what a cut puts together", async () => {
    const target = join(folder, "scrubbed");
    expect(await cassette(["trim", source, "-o", target, "--max-idle", "10ms"])).toMatchObject({ status: 0 });
    expect(readFileSync(join(target, "output.raw"), "latin1")).not.toContain(TOKEN.slice(0, 20));
    expect((await cassette(["scrub", "--check", target])).status).toBe(0);
  });

  it.each([
    ["no place", [], "Nothing is to be cut: give --from, --to, --max-idle or --speed. [CASSETTE_USAGE]"],
    ["a place that is none", ["--from", "yesterday"], "A place is a time such as 12.5 or 1:30, seq=N"],
    ["a speed of 0", ["--speed", "0"], "A speed is a number above 0"],
    [
      "an unknown mark",
      ["--to", "mark=no"],
      "The recording has no mark with that label. [CASSETTE_CUT_INVALID]",
    ],
    ["nothing left", ["--from", "seq=5", "--to", "seq=2"], "Nothing is left: the cut ends before it begins."],
  ])("explains %s", async (_what, args, message) => {
    const target = join(folder, "never");
    const { status, stderr } = await cassette(["trim", source, "-o", target, ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(target)).toBe(false);
  });

  it("replaces a cassette only when asked to", async () => {
    const target = join(folder, "twice");
    const args = ["trim", source, "-o", target, "--speed", "2", "-q"];
    expect(await cassette(args)).toMatchObject({ status: 0, stderr: "" });
    expect((await cassette(args)).stderr).toContain("[CASSETTE_TARGET_EXISTS]");
    expect(await cassette([...args, "--overwrite"])).toMatchObject({ status: 0 });
  });
});
