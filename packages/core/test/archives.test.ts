import { execFileSync } from "node:child_process";
import { createHash, hash, randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import yauzl from "yauzl";
import { openArchive, openDirectory, packArchive } from "../src/archive.js";
import { createRecorder } from "../src/index.js";
import { openCassette } from "../src/reader.js";
import { cassettePath } from "./support/conformance-data.js";
import { temporaryDirectory } from "./support/temporary-directory.js";
import { buildZip } from "./support/zip-builder.js";

const MIB = 1024 ** 2;

/** A cassette whose output is larger than a block, and neither random nor constant. */
async function recordLarge(dir: string, chunks = 48): Promise<string> {
  const recorder = await createRecorder(join(dir, "large.cassette"), { manifest: { id: "large" } });
  for (let n = 0; n < chunks; n++) {
    const noise = randomBytes(16 * 1024).toString("base64");
    recorder.recordOutput(Buffer.from(`${noise}${"the same line\r\n".repeat(3000)}${n}`));
    await recorder.drain();
  }
  recorder.recordFinal();
  await recorder.close();
  return join(dir, "large.cassette");
}

async function pack(dir: string, out: string, level?: number): Promise<string> {
  writeFileSync(out, await buffer(packArchive(openDirectory(dir), { level })));
  return out;
}

/** What another reader of archives finds: by name the digest of the contents. */
async function readByYauzl(path: string): Promise<Record<string, string>> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true, strictFileNames: true }, (error, file) =>
      error ? reject(error) : resolve(file),
    ),
  );
  const found: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    zip.on("error", reject).on("end", resolve);
    zip.on("entry", (entry: yauzl.Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const digest = createHash("sha256");
        stream.on("error", reject).on("data", (piece: Buffer) => digest.update(piece));
        stream.on("end", () => {
          found[entry.fileName] = digest.digest("hex");
          zip.readEntry();
        });
      }),
    );
    zip.readEntry();
  });
  return found;
}

/** By name the digest of the files of the format in a folder. */
function digestsIn(dir: string): Record<string, string> {
  const names = readdirSync(dir).filter((name) => !name.startsWith("."));
  return Object.fromEntries(
    names.map((name) => [name, hash("sha256", readFileSync(join(dir, name)), "hex")]),
  );
}

const PATHS = (process.env.PATH ?? "").split(delimiter);
const HAS_UNZIP = PATHS.some((folder) => existsSync(join(folder, "unzip")));
const HAS_ZIP = PATHS.some((folder) => existsSync(join(folder, "zip")));

describe("packArchive", () => {
  it.each([0, 1, 6, 9])("packs at level %i what yauzl reads and the reader verifies", async (level) => {
    const dir = await recordLarge(temporaryDirectory());
    const archive = await pack(dir, `${dir}.zip`, level);
    const { "cassette-offsets.json": offsets, ...files } = await readByYauzl(archive);
    expect(files).toEqual(digestsIn(dir));
    expect(offsets === undefined).toBe(level === 0);
    await using cassette = await openCassette(await openArchive(archive));
    expect(cassette.counts.output).toBe(48);
  });

  it.skipIf(!HAS_UNZIP)("packs what unzip finds nothing wrong with", async () => {
    const dir = await recordLarge(temporaryDirectory());
    for (const level of [0, 6]) {
      const archive = await pack(dir, `${dir}.${level}.zip`, level);
      const out = join(temporaryDirectory(), "out");
      execFileSync("unzip", ["-tqq", archive]);
      execFileSync("unzip", ["-qq", archive, "-d", out]);
      const { "cassette-offsets.json": _, ...files } = digestsIn(out);
      expect(files).toEqual(digestsIn(dir));
    }
  });

  it("gives the same bytes for the same files", async () => {
    const dir = await recordLarge(temporaryDirectory());
    const copy = join(temporaryDirectory(), "copy");
    cpSync(dir, copy, { recursive: true });
    const [first, second] = [await pack(dir, `${dir}.zip`), await pack(copy, `${copy}.zip`)];
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
  });

  it("packs output that shrinks a thousandfold so that it is not refused as a bomb", async () => {
    const dir = join(temporaryDirectory(), "cassette");
    cpSync(cassettePath("minimal"), dir, { recursive: true });
    const raw = Buffer.alloc(20 * MIB, "y\n");
    writeFileSync(join(dir, "output.raw"), raw);
    const manifest = readFileSync(join(dir, "manifest.json"), "utf8");
    const digest = hash("sha256", raw, "hex");
    writeFileSync(
      join(dir, "manifest.json"),
      manifest.replace(/"sha256": "[0-9a-f]*"/, `"sha256": "${digest}"`),
    );
    writeFileSync(join(dir, "output.jsonl"), "");
    const source = await openArchive(await pack(dir, `${dir}.zip`));
    // The records no longer fit the output; the archive is not what is refused.
    await expect(openCassette(source)).rejects.toMatchObject({ code: "CASSETTE_SEQ_NOT_CONTIGUOUS" });
  });

  it("refuses a directory that lacks a file", async () => {
    const dir = temporaryDirectory();
    await expect(pack(dir, `${dir}.zip`)).rejects.toMatchObject({ code: "CASSETTE_ARTIFACT_MISSING" });
  });
});

describe("openArchive", () => {
  it("reads any chunk of a deflated file, in any order", async () => {
    const dir = await recordLarge(temporaryDirectory());
    await using plain = await openCassette(dir);
    const outputs = await collect(plain.outputs());
    const shuffled = [...outputs.slice(20), ...outputs.slice(0, 20).reverse()];
    const archives = [await pack(dir, `${dir}.zip`), withoutOffsets(dir)];
    for (const path of archives) {
      await using archive = await openCassette(await openArchive(path));
      for (const record of shuffled)
        expect(Buffer.from(await archive.bytes(record)).equals(await plain.bytes(record))).toBe(true);
      const together = await Promise.all(outputs.map((record) => archive.bytes(record)));
      expect(together.map((bytes) => bytes.length)).toEqual(outputs.map(({ length }) => length));
    }
  });

  it.skipIf(!HAS_ZIP)("opens what zip packs, at the root and in a folder", async () => {
    const folder = temporaryDirectory();
    const dir = await recordLarge(folder);
    execFileSync("zip", ["-qr", join(folder, "inside.zip"), "large.cassette"], { cwd: folder });
    execFileSync("zip", ["-qr", join(folder, "root.zip"), "."], { cwd: dir });
    for (const name of ["inside.zip", "root.zip"]) {
      await using cassette = await openCassette(await openArchive(join(folder, name)));
      expect(cassette.manifest.id).toBe("large");
    }
  });

  it("follows a link to the archive", async () => {
    const dir = await recordLarge(temporaryDirectory(), 1);
    await pack(dir, `${dir}.zip`);
    symlinkSync(`${dir}.zip`, `${dir}.link.zip`);
    await (await openCassette(await openArchive(`${dir}.link.zip`))).close();
  });

  it("says that an archive changed after it was opened", async () => {
    const dir = await recordLarge(temporaryDirectory());
    const path = await pack(dir, `${dir}.zip`);
    await using cassette = await openCassette(await openArchive(path));
    writeFileSync(path, readFileSync(path).fill(0, 5000, 6000));
    const reading = collect(cassette.raw());
    await expect(reading).rejects.toMatchObject({
      code: expect.stringMatching(/^CASSETTE_(ARTIFACT_CHANGED|ARCHIVE_INVALID)$/),
    });
  });

  it("reports a missing archive, and a folder in its place", async () => {
    const dir = temporaryDirectory();
    mkdirSync(join(dir, "folder.zip"));
    await expect(openArchive(join(dir, "none.zip"))).rejects.toMatchObject({ code: "CASSETTE_NOT_FOUND" });
    await expect(openArchive(join(dir, "folder.zip"))).rejects.toMatchObject({
      code: "CASSETTE_ARTIFACT_NOT_A_FILE",
    });
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** An archive of another program: deflated, without places to start at. */
function withoutOffsets(dir: string): string {
  const files = readdirSync(dir).map((name) => ({
    name,
    data: readFileSync(join(dir, name)),
    isDeflated: true,
  }));
  writeFileSync(`${dir}.plain.zip`, buildZip(files));
  return `${dir}.plain.zip`;
}
