import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openCassette, recover } from "../src/index.js";
import { createRecorderOn } from "../src/lib/recorder/create-recorder.js";
import { type FileSystem, nodeFileSystem } from "../src/lib/spool/file-system.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

/** A disk that calls back before each write of bytes that are written already. */
function watchRewrites(onRewrite: () => void): FileSystem {
  return {
    ...nodeFileSystem,
    async createFile(path) {
      const file = await nodeFileSystem.createFile(path);
      let end = 0;
      return {
        ...file,
        async write(bytes, position) {
          if (position < end) onRewrite();
          end = Math.max(end, position + bytes.length);
          return file.write(bytes, position);
        },
      };
    },
  };
}

/** Records some output and a secret in it, and overwrites the secret. */
async function recordSecret(dir: string, onRewrite: (spool: string) => void) {
  const target = join(dir, "it");
  let spool = "";
  const disk = watchRewrites(() => onRewrite(spool));
  const recorder = await createRecorderOn(disk, target, { manifest: { id: "it" }, integrity: true });
  spool = recorder.spool;
  recorder.recordOutput(Buffer.from("before\r\n"));
  const input = recorder.recordInput({ bytes: Buffer.from("hunter2"), key: "h" });
  const record = recorder.recordOutput(Buffer.from("a hunter2 b"));
  recorder.recordOutput(Buffer.from("after\r\n"));
  await recorder.overwrite([input], [{ record, bytes: Buffer.from("a ******* b") }]);
  return { recorder, target };
}

const WHOLE = "before\r\na hunter2 bafter\r\n";

describe("overwrite", () => {
  it("replaces input and output in the spool, and the cassette is valid", async () => {
    const { recorder, target } = await recordSecret(temporaryDirectory(), () => {});
    for (const file of ["output.raw", "input.jsonl"]) {
      const text = readFileSync(join(recorder.spool, "cassette", file), "latin1");
      expect(text).not.toContain("hunter2");
      expect(text).not.toContain(Buffer.from("hunter2").toString("base64"));
    }
    recorder.recordFinal();
    await recorder.close();
    await using cassette = await openCassette(target, { integrity: "required" });
    const inputs = [];
    for await (const { bytes, key } of cassette.inputs())
      inputs.push([Buffer.from(bytes ?? []).toString(), key]);
    expect(inputs).toEqual([["*******", "*"]]);
    expect(readFileSync(join(target, "output.raw"), "utf8")).toBe(WHOLE.replace("hunter2", "*******"));
  });

  it("loses no other byte when the recorder is killed before any of its writes", async () => {
    const dir = temporaryDirectory();
    const left: string[] = [];
    const { recorder } = await recordSecret(dir, (spool) => {
      const copy = join(dir, String(left.length), ".it.spool-0123456789ab");
      cpSync(spool, copy, { recursive: true });
      left.push(copy);
    });
    await recorder.abort();
    expect(left).toHaveLength(3);
    for (const [index, spool] of left.entries()) {
      const recovery = await recover(spool, { evenIfOwned: true });
      const text = readFileSync(join(recovery?.target ?? "", "output.raw"), "utf8");
      expect(text).toBe(index === 0 ? WHOLE : WHOLE.replace("hunter2", "*******"));
    }
  });
});
