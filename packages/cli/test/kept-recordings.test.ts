import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { COMMAND, cassette, temporaryDirectory } from "./cassette.js";

const PROGRAM = ["sh", "-c", "touch RAN; echo precious"];

/** Runs `record --headless` in a fresh folder. */
async function recordIn(
  files: Record<string, string>,
  options: readonly string[],
  program: readonly string[] = PROGRAM,
) {
  const cwd = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const args = ["record", "-q", "--headless", ...options, "c.cassette", "--", ...program];
  const outcome = await cassette(args, { cwd });
  const spool = readdirSync(cwd).find((name) => name.includes(".spool-"));
  return { ...outcome, cwd, spool, hasRun: existsSync(join(cwd, "RAN")) };
}

describe("cassette record, before the program starts", () => {
  it.each([
    [
      "a wrong fact",
      { "f.json": '{"quota":{"entries":[]}}' },
      ["--manifest", "f.json"],
      "CASSETTE_FACTS_INVALID",
    ],
    ["an unknown fact", { "f.json": '{"quta":{}}' }, ["--manifest", "f.json"], "did you mean quota?"],
    ["a size that cannot be drawn", {}, ["--window-size", "501x24"], "from 1 to 500"],
    [
      "a resize that cannot be drawn",
      { "s.yaml": "- wait: precious\n- resize: 80x501\n" },
      ["--script", "s.yaml"],
      "s.yaml:2",
    ],
    ["broken rules", { "r.yaml": "rules: 5" }, ["--rules", "r.yaml"], "r.yaml"],
    ["an account without a name", {}, ["--account", ""], "two characters"],
  ])("refuses %s, and leaves nothing", async (_, files, options, words) => {
    const { status, stderr, hasRun, spool, cwd } = await recordIn(files, options);
    expect({ status, hasRun, spool }).toEqual({ status: 2, hasRun: false, spool: undefined });
    expect(stderr).toContain(words);
    expect(readdirSync(cwd).sort()).toEqual(Object.keys(files));
  });

  it("creates the target's missing parents, and removes them if the recording fails", async () => {
    const cwd = temporaryDirectory();
    const run = (target: string, program: string) =>
      cassette(["record", "-q", "--headless", target, "--", program], { cwd });
    expect(await run("a/b/c.cassette", "true")).toMatchObject({ status: 0 });
    expect(existsSync(join(cwd, "a/b/c.cassette/manifest.json"))).toBe(true);
    expect(await run("x/y/c.cassette", "/no/such/program")).toMatchObject({ status: 3 });
    expect(readdirSync(cwd)).toEqual(["a"]);
  });

  it("names the first missing right of a parent that cannot be created", async () => {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, "file"), "");
    const args = ["record", "-q", "--headless", "file/c.cassette", "--", "true"];
    expect(await cassette(args, { cwd })).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("file"),
    });
  });
});

describe("cassette record, when no cassette can be made", () => {
  it("keeps the spool and says where it is, how large, and how to recover it", async () => {
    const { status, stderr, cwd, spool } = await recordIn(
      { "s.yaml": "- wait: { screen: never, timeoutMs: 200 }" },
      ["--script", "s.yaml"],
    );
    expect(status).toBe(4);
    const [, size, command] =
      /^The recording is kept in .*spool-[0-9a-f]{12} \((.*)\)\. Next: cassette (recover .*)$/m.exec(
        stderr,
      ) ?? [];
    expect(size).toMatch(/^\d\.\d KB$/);
    const recovered = spawnSync("bash", ["-c", `node ${COMMAND} ${command}`], { cwd, encoding: "utf8" });
    expect(recovered).toMatchObject({ status: 0, stdout: "" });
    expect(readFileSync(join(cwd, "c.cassette/output.raw"), "utf8")).toContain("precious");
    expect(spool).toBeDefined();
  });

  it("quotes a path that a shell would split", async () => {
    const cwd = join(temporaryDirectory(), "it's here");
    mkdirSync(cwd);
    writeFileSync(join(cwd, "s.yaml"), "- wait: { screen: never, timeoutMs: 100 }");
    const args = [
      "record",
      "-q",
      "--headless",
      "--script",
      "s.yaml",
      join(cwd, "c"),
      "--",
      "echo",
      "precious",
    ];
    const { stderr } = await cassette(args, { cwd });
    const [, command] = /Next: cassette (recover .*)$/m.exec(stderr) ?? [];
    expect(spawnSync("bash", ["-c", `node ${COMMAND} ${command}`])).toMatchObject({ status: 0 });
  });

  it.skipIf(process.platform !== "linux")(
    "keeps the recording when descriptors run out while it is sealed",
    async () => {
      const lost: number[] = [];
      for (const limit of [25, 27, 29, 32, 35, 38, 41, 44, 47]) {
        const cwd = temporaryDirectory();
        const script = 'ulimit -n "$1"; shift; exec "$@"';
        const args = ["record", "-q", "--headless", "c.cassette", "--", ...PROGRAM];
        const { stderr } = spawnSync(
          "bash",
          ["-c", script, "-", String(limit), process.execPath, COMMAND, ...args],
          {
            cwd,
            encoding: "utf8",
          },
        );
        expect(stderr).not.toContain("    at ");
        const isKept = readdirSync(cwd).some((name) => name === "c.cassette" || name.includes(".spool-"));
        if (existsSync(join(cwd, "RAN")) && !isKept) lost.push(limit);
      }
      expect(lost).toEqual([]);
    },
  );

  it("keeps nothing of a program that could not be started", async () => {
    const { status, spool } = await recordIn({}, [], ["/no/such/program"]);
    expect({ status, spool }).toEqual({ status: 3, spool: undefined });
  });

  it("keeps the recording when its spool was changed meanwhile", async () => {
    const program = [
      "sh",
      "-c",
      "echo precious; for d in .c.cassette.spool-*; do sleep 0.2; echo x >> $d/cassette/output.raw; done",
    ];
    const { status, spool, stderr } = await recordIn({}, [], program);
    expect(status).toBe(3);
    expect(stderr).toContain("cassette recover");
    expect(spool).toBeDefined();
  });
});

describe("cassette record, when its spool is moved meanwhile", () => {
  it("does not report the old path of a spool that was moved; it can be recovered from the new one", async () => {
    const moves = "echo precious; sleep 0.2; mkdir aside; mv .c.cassette.spool-* aside";
    const { status, stderr, cwd, spool } = await recordIn({}, [], ["sh", "-c", moves]);
    expect({ status, spool }).toEqual({ status: 3, spool: undefined });
    expect(stderr).toContain("moved or removed by another process");
    expect(stderr).not.toContain("is kept in");
    expect(await cassette(["recover"], { cwd: join(cwd, "aside") })).toMatchObject({ status: 0 });
    expect(readFileSync(join(cwd, "aside/c.cassette/output.raw"), "utf8")).toBe("precious\r\n");
  });
});

describe("cassette record --mode once, twice at the same time", () => {
  it("keeps the first cassette; the second run says so and ends with 0", async () => {
    const cwd = temporaryDirectory();
    writeFileSync(
      join(cwd, "slow.sh"),
      "#!/bin/sh\ntouch started; while [ ! -e c.cassette ]; do sleep 0.1; done; echo slow\n",
    );
    chmodSync(join(cwd, "slow.sh"), 0o755);
    const once = (...program: string[]) =>
      cassette(["record", "--headless", "--mode", "once", "c.cassette", "--", ...program], { cwd });
    const loser = once("./slow.sh");
    while (!existsSync(join(cwd, "started"))) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await once("echo", "quick")).toMatchObject({ status: 0 });
    expect(await loser).toMatchObject({ status: 0, stderr: expect.stringContaining("kept") });
    expect(readFileSync(join(cwd, "c.cassette/output.raw"), "utf8")).toBe("quick\r\n");
    expect(readdirSync(cwd).filter((name) => name.includes(".spool-"))).toEqual([]);
  });

  it("keeps both when what took the place is no cassette", async () => {
    const cwd = temporaryDirectory();
    const program = ["sh", "-c", "echo precious; echo mine > c.cassette"];
    const { status } = await cassette(
      ["record", "--headless", "--mode", "once", "c.cassette", "--", ...program],
      { cwd },
    );
    expect(status).toBe(2);
    expect(readFileSync(join(cwd, "c.cassette"), "utf8")).toBe("mine\n");
    expect(readdirSync(cwd).some((name) => name.includes(".spool-"))).toBe(true);
  });
});

describe("cassette record, asked to end", () => {
  it("seals on SIGQUIT as on SIGTERM, and ignores SIGUSR1", async () => {
    const cwd = temporaryDirectory();
    const args = [
      "record",
      "-q",
      "--headless",
      "c.cassette",
      "--",
      "sh",
      "-c",
      "echo precious; touch ready; sleep 20",
    ];
    const outcome = await cassette(args, {
      cwd,
      onStart: async (kill) => {
        while (!existsSync(join(cwd, "ready"))) await new Promise((resolve) => setTimeout(resolve, 10));
        kill("SIGUSR1");
        kill("SIGQUIT");
      },
    });
    expect(outcome.status).toBe(131);
    expect(outcome.stderr).not.toContain("Debugger");
    expect(readFileSync(join(cwd, "c.cassette/output.raw"), "utf8")).toContain("precious");
  });

  it("ends at once on a second signal, the program too, and keeps the recording", async () => {
    const cwd = temporaryDirectory();
    const program =
      "trap '' TERM HUP; echo precious; echo $$ > pid.new; mv pid.new pid; while :; do sleep 0.1; done";
    const { status } = await cassette(
      ["record", "-q", "--headless", "c.cassette", "--", "sh", "-c", program],
      {
        cwd,
        onStart: async (kill) => {
          while (!existsSync(join(cwd, "pid"))) await new Promise((resolve) => setTimeout(resolve, 10));
          kill("SIGTERM");
          await new Promise((resolve) => setTimeout(resolve, 100));
          kill("SIGTERM");
        },
      },
    );
    expect(status).toBe(143);
    const pid = readFileSync(join(cwd, "pid"), "utf8").trim();
    // The process that adopts it may leave it a zombie for a while.
    const state = () => spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout.trim();
    await vi.waitFor(() => expect(state()).toMatch(/^(?:Z.*)?$/));
    expect(await cassette(["recover", "c.cassette"], { cwd })).toMatchObject({ status: 0 });
    expect(readFileSync(join(cwd, "c.cassette/output.raw"), "utf8")).toContain("precious");
  });
});
