import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRecorder } from "../src/index.js";
import { openCassette, type ReaderLimits } from "../src/reader.js";
import { cassettePath } from "./support/conformance-data.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

/** A sound cassette to be damaged. */
function copyOfMinimal(): string {
  const dir = join(temporaryDirectory(), "cassette");
  cpSync(cassettePath("minimal"), dir, { recursive: true });
  return dir;
}

/** Gives `output.raw` other bytes, with the manifest's digest to match. */
function replaceRaw(dir: string, bytes: Uint8Array): void {
  writeFileSync(join(dir, "output.raw"), bytes);
  const manifest = readFileSync(join(dir, "manifest.json"), "utf8");
  const sha256 = hash("sha256", bytes, "hex");
  writeFileSync(
    join(dir, "manifest.json"),
    manifest.replace(/"sha256": "[0-9a-f]*"/, `"sha256": "${sha256}"`),
  );
}

async function codeOf(dir: string, limits?: Partial<ReaderLimits>): Promise<string> {
  return openCassette(dir, { limits }).then(
    async (cassette) => {
      await cassette.close();
      return "opened";
    },
    (error) => error.code ?? String(error),
  );
}

const JSONL = "service-events.jsonl";
const record = (rest: string) => `{"seq":3,"t_ms":300,"payload":${rest}}\n`;

describe("openCassette on hostile input", () => {
  it.each([
    ["a symlink", (path: string) => symlinkSync("/etc/passwd", path)],
    ["a symlink to nowhere", (path: string) => symlinkSync("nowhere", path)],
    ["a FIFO", (path: string) => execFileSync("mkfifo", [path])],
    ["a directory", (path: string) => mkdirSync(path)],
    ["a symlink to a device", (path: string) => symlinkSync("/dev/zero", path)],
  ])("refuses %s in place of each file, without waiting", async (_what, put) => {
    for (const name of ["manifest.json", "output.raw", "input.jsonl", "final.json", "quota.json"]) {
      const dir = copyOfMinimal();
      rmSync(join(dir, name), { force: true });
      put(join(dir, name));
      expect(await codeOf(dir), name).toBe("CASSETTE_ARTIFACT_NOT_A_FILE");
    }
  });

  it("reports a path that does not exist or is a file", async () => {
    const dir = copyOfMinimal();
    expect(await codeOf(join(dir, "nowhere"))).toBe("CASSETTE_NOT_FOUND");
    expect(await codeOf(join(dir, "final.json"))).toBe("CASSETTE_NOT_FOUND");
  });

  it.each(["output.raw", JSONL, "manifest.json", "final.json"])(
    "refuses a sparse %s of a terabyte by its size",
    async (name) => {
      const dir = copyOfMinimal();
      truncateSync(join(dir, name), 2 ** 40);
      expect(await codeOf(dir)).toBe("CASSETTE_LIMIT_EXCEEDED");
    },
  );

  it("refuses a line of a gigabyte after its first megabytes", async () => {
    const dir = copyOfMinimal();
    truncateSync(join(dir, "frames.jsonl"), 2 ** 30);
    expect(await codeOf(dir)).toBe("CASSETTE_LIMIT_EXCEEDED");
  });

  it("has limits that can be set", async () => {
    const dir = copyOfMinimal();
    expect(await codeOf(dir, { events: 4 })).toBe("opened");
    expect(await codeOf(dir, { events: 3 })).toBe("CASSETTE_LIMIT_EXCEEDED");
    expect(await codeOf(dir, { lineBytes: 20 })).toBe("CASSETTE_LIMIT_EXCEEDED");
    expect(await codeOf(dir, { jsonBytes: 100 })).toBe("CASSETTE_LIMIT_EXCEEDED");
    await expect(openCassette(dir, { limits: { events: 0 } })).rejects.toThrow(TypeError);
  });

  it.each<[string, string, string]>([
    ["nesting of a million levels", record("[".repeat(1e6) + "]".repeat(1e6)), "CASSETTE_LIMIT_EXCEEDED"],
    [
      "a seq that would take a terabyte",
      record("1").replace("3", "99999999999999"),
      "CASSETTE_SEQ_NOT_CONTIGUOUS",
    ],
    ["a key of the record twice", '{"seq":3,"seq":3,"t_ms":300,"payload":1}\n', "CASSETTE_KEY_INVALID"],
    [
      "a number beyond all doubles for a t_ms",
      '{"seq":3,"t_ms":1e400,"payload":1}\n',
      "CASSETTE_FIELD_INVALID",
    ],
    ["bytes that are not UTF-8", record('"\u00ff"'), "CASSETTE_JSON_INVALID"],
  ])("refuses %s", async (_what, line, code) => {
    const dir = copyOfMinimal();
    writeFileSync(join(dir, JSONL), line, "latin1");
    expect(await codeOf(dir)).toBe(code);
  });

  it("reads payloads with dangerous keys as the text they are", async () => {
    const dir = copyOfMinimal();
    const payload = '{"__proto__":{"polluted":true},"constructor":1,"k":1,"k":2}';
    writeFileSync(join(dir, JSONL), record(payload));
    await using cassette = await openCassette(dir);
    for await (const service of cassette.serviceEvents()) expect(service.payload.json).toBe(payload);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each<[string, string]>([
    ["an end beyond 2^53", '"offset":9007199254740991,"length":9007199254740991'],
    ["a range that overflows", '"offset":1,"length":9007199254740991'],
    ["more than there is", '"offset":0,"length":2'],
    ["a negative length", '"offset":1,"length":-1'],
  ])("refuses a chunk with %s", async (_what, range) => {
    const dir = copyOfMinimal();
    writeFileSync(join(dir, "output.jsonl"), `{"seq":1,"t_ms":100,${range},"sha256":""}\n`);
    expect(await codeOf(dir)).toBe("CASSETTE_CHUNK_OUT_OF_RANGE");
  });

  it("does not hash the same bytes again and again for chunks that overlap", async () => {
    const dir = copyOfMinimal();
    replaceRaw(dir, new Uint8Array(2 ** 20));
    const chunk = (seq: number) => `{"seq":${seq},"t_ms":100,"offset":0,"length":1048576,"sha256":""}\n`;
    writeFileSync(join(dir, "output.jsonl"), Array.from({ length: 5000 }, (_, i) => chunk(i + 1)).join(""));
    rmSync(join(dir, "frames.jsonl"));
    writeFileSync(join(dir, "frames.jsonl"), "");
    writeFileSync(join(dir, JSONL), "");
    const final = readFileSync(join(dir, "final.json"), "utf8");
    writeFileSync(join(dir, "final.json"), final.replace('"seq": 4', '"seq": 5001'));
    expect(await codeOf(dir)).toBe("CASSETTE_CHUNK_OUT_OF_RANGE");
  });

  it("notices a file that is written to while it is open", async () => {
    const dir = copyOfMinimal();
    await using cassette = await openCassette(dir);
    writeFileSync(join(dir, JSONL), readFileSync(join(dir, JSONL), "utf8").replace("final", "fatal"));
    const read = async () => {
      for await (const _event of cassette.events());
    };
    await expect(read()).rejects.toMatchObject({ code: "CASSETTE_ARTIFACT_CHANGED" });
  });

  it("returns the bytes of a small file as verified, even if the file changes", async () => {
    const dir = copyOfMinimal();
    await using cassette = await openCassette(dir);
    const before = readFileSync(join(dir, "output.raw"));
    writeFileSync(join(dir, "output.raw"), "y");
    const read: Uint8Array[] = [];
    for await (const output of cassette.outputs()) read.push(await cassette.bytes(output));
    expect(Buffer.concat(read)).toEqual(before);
  });

  it("notices bytes of a large file that changed when a chunk is asked for", async () => {
    const dir = join(temporaryDirectory(), "large");
    const recorder = await createRecorder(dir);
    recorder.recordOutput(Buffer.alloc(100_000, "x"));
    recorder.recordFinal();
    await recorder.close();
    await using cassette = await openCassette(dir);
    writeFileSync(join(dir, "output.raw"), "y");
    const read = async () => {
      for await (const output of cassette.outputs()) await cassette.bytes(output);
    };
    await expect(read()).rejects.toMatchObject({ code: "CASSETTE_ARTIFACT_CHANGED" });
  });

  it("reports the first of several faults in reading order", async () => {
    const dir = copyOfMinimal();
    writeFileSync(join(dir, "input.jsonl"), "not json\n");
    writeFileSync(join(dir, "output.jsonl"), '{"seq":9,"t_ms":1,"offset":7,"length":9,"sha256":""}\n');
    expect(await codeOf(dir)).toBe("CASSETTE_JSON_INVALID");
    writeFileSync(join(dir, "output.raw"), "changed");
    expect(await codeOf(dir)).toBe("CASSETTE_DIGEST_MISMATCH");
    rmSync(join(dir, "final.json"));
    expect(await codeOf(dir)).toBe("CASSETTE_ARTIFACT_MISSING");
    writeFileSync(join(dir, "manifest.json"), '{"version":2}');
    expect(await codeOf(dir)).toBe("CASSETTE_VERSION_UNSUPPORTED");
  });

  it("holds no file open after a refusal", async () => {
    const dir = copyOfMinimal();
    rmSync(join(dir, "final.json"));
    const before = nextDescriptor(dir);
    for (let n = 0; n < 20; n++) await codeOf(dir);
    expect(nextDescriptor(dir)).toBe(before);
  });

  it("can be aborted before and while it reads", async () => {
    const dir = copyOfMinimal();
    const reason = new Error("enough");
    await expect(openCassette(dir, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const opening = openCassette(dir, { signal: controller.signal });
    controller.abort(reason);
    await expect(opening).rejects.toBe(reason);
  });

  it("throws when used after closing", async () => {
    const cassette = await openCassette(copyOfMinimal());
    await cassette.close();
    await cassette.close();
    expect(() => cassette.events()).toThrow(TypeError);
    await expect(cassette.bytes({ seq: 1, t_ms: 0, offset: 0, length: 1, sha256: "" })).rejects.toThrow(
      TypeError,
    );
  });
});

/** The lowest descriptor that is free. */
function nextDescriptor(dir: string): number {
  const descriptor = openSync(join(dir, "output.raw"), "r");
  closeSync(descriptor);
  return descriptor;
}
