import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isCassetteError, type JsonValue } from "@cassette/format";
import { encodeManifest, parseManifest } from "@cassette/format/schema";
import { beforeAll, describe, expect, it } from "vitest";
import { createRecorder, openCassette } from "../src/index.js";
import { cassettePath } from "./support/conformance-data.js";
import { readSample, recordWholeSample } from "./support/sample-recording.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const FLIPS = process.env.CASSETTE_SOAK ? 10_000 : 600;
const coded = (code: string) => expect.objectContaining({ code });
let files: Map<string, Buffer>;

beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), "cassette-core-"));
  const dir = join(parent, "cassette");
  const recorder = await createRecorder(dir, { integrity: true });
  recorder.writeDiscovery({ source: "sample", status: "ok" });
  await recordWholeSample(recorder);
  await recorder.close();
  await readSample(dir);
  files = new Map(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name))]));
  rmSync(parent, { recursive: true });
});

describe("manifest.optional.integrity", () => {
  it(`lets no flipped byte of any artifact pass: ${FLIPS} flips`, async () => {
    const dir = temporaryDirectory({ inMemory: true });
    layOut(dir);
    const names = [...files.keys()];
    for (let flip = 0; flip < FLIPS; flip++) {
      const name = names[flip % names.length] ?? "";
      const bytes = Buffer.from(files.get(name) ?? []);
      if (bytes.length === 0) continue;
      const at = Math.floor(Math.random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(Math.random() * 255));
      writeFileSync(join(dir, name), bytes);
      const outcome = await openCassette(dir, { integrity: "required" }).catch((error) => error);
      expect(isCassetteError(outcome), `${name} at ${at}`).toBe(true);
      writeFileSync(join(dir, name), files.get(name) ?? "");
    }
  });

  it("notices an artifact that was added or removed", async () => {
    const dir = temporaryDirectory();
    layOut(dir);
    writeFileSync(join(dir, "notes.txt"), "not the format's");
    await (await openCassette(dir, { integrity: "required" })).close();
    rmSync(join(dir, "discovery.json"));
    await expect(openCassette(dir)).rejects.toEqual(coded("CASSETTE_INTEGRITY_MISMATCH"));
    layOut(dir);
    rmSync(join(dir, "quota.json"));
    await expect(openCassette(dir)).rejects.toEqual(coded("CASSETTE_INTEGRITY_MISMATCH"));
  });

  it("is not needed unless required", async () => {
    const dir = temporaryDirectory();
    cpSync(cassettePath("minimal"), dir, { recursive: true });
    await using cassette = await openCassette(dir);
    expect(cassette.integrity).toBe("absent");
    const required = openCassette(dir, { integrity: "required" });
    await expect(required).rejects.toEqual(coded("CASSETTE_INTEGRITY_MISSING"));
  });

  it.each<JsonValue>([{}, [], "sha256", { algorithm: "md5", artifacts: {} }])(
    "is refused when it is %j",
    async (integrity) => {
      const dir = temporaryDirectory();
      cpSync(cassettePath("minimal"), dir, { recursive: true });
      const path = join(dir, "manifest.json");
      const manifest = parseManifest(readFileSync(path, "utf8"), { file: path });
      writeFileSync(path, encodeManifest({ ...manifest, optional: { integrity } }));
      await expect(openCassette(dir)).rejects.toEqual(coded("CASSETTE_INTEGRITY_MISMATCH"));
    },
  );
});

function layOut(dir: string): void {
  for (const [name, bytes] of files) writeFileSync(join(dir, name), bytes);
}
