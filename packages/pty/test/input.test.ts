import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createPtyDriver } from "../src/index.js";
import { transcribe } from "../src/lib/suite/transcript.js";
import { noise, sha256, temporaryDirectory } from "./bytes.js";

const SOAK = process.env.CASSETTE_SOAK !== undefined;
const directory = temporaryDirectory();
const driver = createPtyDriver();
const size = { rows: 24, cols: 80 };
const lateReader = fileURLToPath(new URL("programs/late-reader.mjs", import.meta.url));

describe("PtySession: send", () => {
  it("delivers a megabyte whole to a raw program that reads late, at rest while it waits", async () => {
    const bytes = noise(1_000_000);
    const waitMs = SOAK ? 5_000 : 1_000;
    await using session = await driver.start({
      argv: [process.execPath, lateReader, String(waitMs), String(bytes.length)],
      ...size,
    });
    const transcript = transcribe(session);
    await transcript.sees("ready");
    const before = process.cpuUsage();
    const sent = session.send(bytes);
    await new Promise((resolve) => setTimeout(resolve, waitMs - 200));
    const { user, system } = process.cpuUsage(before);
    await sent;
    await transcript.sees(sha256(bytes));
    console.info(`    CPU while waiting: ${((user + system) / 10 / (waitMs - 200)).toFixed(1)} % of a core`);
    expect((user + system) / 1_000).toBeLessThan(waitMs / 2);
  });

  it("writes waiting input to no file that is opened after a close", async () => {
    const files: string[] = [];
    for (let run = 0; run < (SOAK ? 200 : 20); run++) {
      const program = "stty raw -echo; printf ready; exec sleep 600";
      const session = await driver.start({ argv: ["sh", "-c", program], ...size });
      // Before that the kernel drops what no line can hold.
      await transcribe(session).sees("ready");
      const refused = session.send(noise(500_000)).then(
        () => "sent",
        (error) => error.code,
      );
      await new Promise((resolve) => setTimeout(resolve, run % 20));
      await session.close();
      const opened = Array.from({ length: 8 }, (_, index) => join(directory, `${run}-${index}`));
      const descriptors = opened.map((file) => openSync(file, "w"));
      expect(await refused).toBe("CASSETTE_SESSION_CLOSED");
      await new Promise((resolve) => setTimeout(resolve, 15));
      for (const fd of descriptors) closeSync(fd);
      files.push(...opened);
    }
    expect(files.filter((file) => readFileSync(file).length > 0)).toEqual([]);
  });
});
