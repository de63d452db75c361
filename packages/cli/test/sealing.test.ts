import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cassette, temporaryDirectory } from "./cassette.js";
import { contentsOf, killRecording, leaveSpool } from "./left-spool.js";

const IS_SOAK = process.env.CASSETTE_SOAK !== undefined;
const RUNS = IS_SOAK ? 50 : 3;
const KILLS = IS_SOAK ? 100 : 2;
/** Further Nodes to seal on, separated by colons. */
const NODES = [process.execPath, ...(process.env.CASSETTE_NODES?.split(":") ?? [])];
const PLACES = [
  { TZ: "UTC", LANG: "C", LC_ALL: "C" },
  { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  { TZ: "America/St_Johns", LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8" },
];

/** Occupies cores until the test ends. */
function keepBusy(cores: number): void {
  for (let core = 0; core < cores; core++) {
    const child = spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
  }
}

describe("sealing", () => {
  it("scans a long recording elsewhere and masks what is found there", async () => {
    const dir = temporaryDirectory();
    const line = "1234567 of some ordinary build output, with words and numbers\n".repeat(16_384);
    const secret = ["ghp", "k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345"].join("_");
    writeFileSync(join(dir, "log"), `${line.repeat(4)}push ${secret}\n${line.repeat(5)}`);
    const outcome = await cassette(["record", "it", "--headless", "--", "cat", "log"], { cwd: dir });
    expect(outcome).toMatchObject({ status: 0 });
    const files = Object.values(contentsOf(join(dir, "it")));
    expect(files.filter((text) => text.includes(secret))).toEqual([]);
    expect(files.filter((text) => text.includes("push ****"))).not.toEqual([]);
    expect(await cassette(["verify", "it"], { cwd: dir })).toMatchObject({ status: 0 });
  });

  it(`gives the same bytes ${RUNS} times, wherever and by whichever Node`, async () => {
    const { target, dir, restore } = await leaveSpool(temporaryDirectory());
    if (IS_SOAK) keepBusy(2);
    let first: Record<string, string> | undefined;
    for (let run = 0; run < Math.max(RUNS, NODES.length); run++) {
      restore();
      const env = { ...process.env, ...PLACES[run % PLACES.length] };
      const outcome = await cassette(["recover"], { cwd: dir, env, node: NODES[run % NODES.length] });
      expect(outcome).toMatchObject({ status: 0 });
      first ??= contentsOf(target);
      expect(contentsOf(target)).toEqual(first);
    }
  });

  it(`leaves after each of ${KILLS} kills the spool, sealable, and a whole cassette or none`, async () => {
    const { target, dir, restore } = await leaveSpool(temporaryDirectory(), 3);
    const started = performance.now();
    await cassette(["recover"], { cwd: dir });
    const tookMs = performance.now() - started;
    const sealed = contentsOf(target);
    const other = join(temporaryDirectory(), "other");
    await cassette(["record", "-q", other, "--", "true"]);
    for (let kill = 0; kill < KILLS; kill++) {
      restore();
      // Every other time it takes the place of another cassette.
      const replaces = kill % 2 === 1;
      if (replaces) cpSync(other, target, { recursive: true });
      const args = ["recover", target, "--overwrite"];
      await killRecording(args, () => true, Math.random() * tookMs * 1.1);
      if (existsSync(target)) {
        const there = contentsOf(target);
        expect([sealed, ...(replaces ? [contentsOf(other)] : [])]).toContainEqual(there);
      }
      const isLeft = readdirSync(dir).some((name) => name.includes(".spool-"));
      if (!isLeft) expect(contentsOf(target)).toEqual(sealed);
      else expect(await cassette(args)).toMatchObject({ status: 0 });
      expect(contentsOf(target)).toEqual(sealed);
      expect(readdirSync(dir)).toEqual(["it"]);
    }
  });

  it("leaves a spool that can be sealed when the recorder is killed while it seals", async () => {
    const kills = IS_SOAK ? 50 : 2;
    for (let kill = 0; kill < kills; kill++) {
      const dir = temporaryDirectory();
      const text = join(temporaryDirectory(), "log.txt");
      writeFileSync(text, "push with ghp_k7Q0aBcDeFgHiJkLmNoPqRsTuVwXyZ012345\n".repeat(5_000));
      const isSealing = () => readdirSync(dir).some((name) => existsSync(join(dir, name, "sealed")));
      await killRecording(["record", join(dir, "it"), "--", "cat", text], isSealing, Math.random() * 400);
      const isLeft = readdirSync(dir).some((name) => name.includes(".spool-"));
      if (isLeft) expect(await cassette(["recover"], { cwd: dir })).toMatchObject({ status: 0 });
      expect(readdirSync(dir)).toEqual(["it"]);
      const files = contentsOf(join(dir, "it"));
      expect(Object.values(files).join("\n")).not.toContain("ghp_k7");
      expect(files["output.raw"]).toHaveLength(5_000 * 52);
      expect(await cassette(["verify", join(dir, "it")])).toMatchObject({ status: 0 });
    }
  });
});
