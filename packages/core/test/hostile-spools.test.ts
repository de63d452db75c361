import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRecorder, discardSpool, listSpools, openCassette, recover } from "../src/index.js";
import { temporaryDirectory } from "./support/temporary-directory.js";

const FAILED = expect.objectContaining({ code: "CASSETTE_RECOVER_FAILED" });

/** A home directory that must not change, beside a cloned repository that holds a spool. */
async function clonedRepository(change: (spool: string, home: string) => void) {
  const root = temporaryDirectory();
  const home = join(root, "home");
  const clone = join(root, "clone");
  mkdirSync(home);
  mkdirSync(clone);
  writeFileSync(join(home, "secret"), "the user's own");
  mkdirSync(join(home, "folder"));
  writeFileSync(join(home, "folder", "precious"), "the user's own");
  const recorder = await createRecorder(join(clone, "it.cassette"), { manifest: { id: "cloned" } });
  recorder.recordOutput(Buffer.from("recorded\n"));
  await recorder.abort({ keepSpool: true });
  change(recorder.spool, home);
  const before = listing(home);
  return {
    clone,
    home,
    spool: recorder.spool,
    expectHomeUnchanged: () => expect(listing(home)).toEqual(before),
  };
}

function listing(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const path = join(dir, name);
      return lstatSync(path).isFile() ? `${name}: ${readFileSync(path, "latin1")}` : name;
    });
}

function changeNote(spool: string, changes: object): void {
  const path = join(spool, "spool.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...changes }));
}

/** Puts a link in the place of something in a spool. */
function linkInstead(path: string, to: string): void {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(to, path);
}

describe("recover, of a spool that came with a repository", () => {
  it("makes the cassette beside the spool, wherever the note says it belongs", async () => {
    const { clone, spool, expectHomeUnchanged } = await clonedRepository((path, home) =>
      changeNote(path, { target: join(home, "planted") }),
    );
    expect(await recover(spool)).toMatchObject({ target: join(clone, "it.cassette") });
    await using cassette = await openCassette(join(clone, "it.cassette"));
    expect(cassette.manifest.id).toBe("cloned");
    expectHomeUnchanged();
  });

  it("restores no old cassette to the path in the note, and none that is invalid", async () => {
    const { clone, spool, expectHomeUnchanged } = await clonedRepository((path, home) => {
      mkdirSync(join(path, "replaced"));
      writeFileSync(join(path, "replaced", "evil"), "evil");
      changeNote(path, { target: join(home, "planted") });
    });
    await expect(recover(spool)).rejects.toEqual(FAILED);
    expect(existsSync(join(clone, "it.cassette"))).toBe(false);
    writeFileSync(join(spool, "replaced-file"), "");
    rmSync(join(spool, "replaced"), { recursive: true });
    writeFileSync(join(spool, "replaced"), "evil");
    await expect(recover(spool)).rejects.toEqual(FAILED);
    expectHomeUnchanged();
  });

  it.each(["cassette", "replaced", "saved", "sealed", "unsealed"])(
    "follows no link in the place of %s",
    async (name) => {
      const { spool, expectHomeUnchanged } = await clonedRepository((path, home) =>
        linkInstead(join(path, name), join(home, "folder")),
      );
      await expect(recover(spool, { overwrite: true })).rejects.toEqual(FAILED);
      expectHomeUnchanged();
    },
  );

  it.each(["output.raw", "output.jsonl", "input.jsonl", "final.json", "quota.json", "scrub-report.json"])(
    "reads nothing through a link in the place of %s",
    async (name) => {
      const { clone, spool, expectHomeUnchanged } = await clonedRepository((path, home) =>
        linkInstead(join(path, "cassette", name), join(home, "secret")),
      );
      await recover(spool).catch((error) => expect(error).toHaveProperty("code"));
      if (existsSync(join(clone, "it.cassette")))
        expect(listing(clone).join("\n")).not.toContain("the user's own");
      expectHomeUnchanged();
    },
  );

  it("follows no link that replaces the note or the spool", async () => {
    const { clone, spool, home, expectHomeUnchanged } = await clonedRepository((path, home) => {
      renameSync(join(path, "spool.json"), join(path, "..", "note"));
      symlinkSync(join(home, "secret"), join(path, "spool.json"));
    });
    await expect(recover(spool)).rejects.toEqual(FAILED);
    const link = join(clone, ".x.cassette.spool-0123456789ab");
    symlinkSync(join(home, "folder"), link);
    await expect(recover(link)).rejects.toEqual(FAILED);
    await expect(discardSpool(link)).rejects.toEqual(FAILED);
    expectHomeUnchanged();
  });

  it.skipIf(process.platform === "win32")("does not wait for a pipe in the place of a file", async () => {
    for (const name of ["spool.json", "cassette/output.raw", "cassette/final.json"]) {
      const { spool } = await clonedRepository((path) => {
        rmSync(join(path, name), { force: true });
        execFileSync("mkfifo", [join(path, name)]);
      });
      await recover(spool).catch((error) => expect(error).toHaveProperty("code"));
    }
  });

  it("refuses invalid notes", async () => {
    for (const text of ["", "{", "null", "[]", '"x"', '{"target":1}', "{}", "x".repeat(100_000)]) {
      const { spool } = await clonedRepository((path) => writeFileSync(join(path, "spool.json"), text));
      await expect(recover(spool)).rejects.toEqual(FAILED);
    }
    for (const manifest of [{}, { version: "x" }, { id: "" }, { terminal: 5 }, []]) {
      const { spool, clone } = await clonedRepository((path) => changeNote(path, { manifest }));
      await expect(recover(spool)).rejects.toHaveProperty("code");
      expect(readdirSync(clone)).toEqual([basename(spool)]);
    }
  });

  it.each(["/no/such/cassette", "/etc", "/etc/passwd", "", ".", "SPOOL", "SPOOL/cassette", "HOME/folder"])(
    "removes no recording for the sake of a source that is not the same cassette: %s",
    async (source) => {
      const { spool, expectHomeUnchanged } = await clonedRepository((path, home) =>
        changeNote(path, { source: source.replace("SPOOL", path).replace("HOME", home) }),
      );
      await expect(recover(spool)).rejects.toEqual(FAILED);
      expect(existsSync(join(spool, "cassette", "output.raw"))).toBe(true);
      expectHomeUnchanged();
    },
  );

  it.skipIf(process.platform === "win32")("writes nothing into the spool, whatever it contains", async () => {
    for (const name of ["spool.json.new", ".gitignore"]) {
      const { home, spool, expectHomeUnchanged } = await clonedRepository((path, home) => {
        rmSync(join(path, name), { force: true });
        linkSync(join(home, "secret"), join(path, name));
        // Not all of it can be read, so the spool stays.
        writeFileSync(join(path, "cassette", "input.jsonl"), "torn");
      });
      const before = listing(spool);
      expect(await recover(spool)).toMatchObject({ complete: false });
      expect(listing(spool)).toEqual(before);
      rmSync(join(spool, name));
      execFileSync("mkfifo", [join(spool, name)]);
      expect(await recover(spool, { target: join(home, "..", "other") })).toMatchObject({ complete: false });
      expectHomeUnchanged();
    }
  });

  it("keeps the spool for what is no part of one, and says so", async () => {
    const { spool } = await clonedRepository((path) => writeFileSync(join(path, "notes.txt"), "mine"));
    expect(await recover(spool)).toMatchObject({ lost: ["notes.txt"], complete: false });
    await expect(discardSpool(spool)).rejects.toMatchObject({ file: join(spool, "notes.txt") });
    expect(readFileSync(join(spool, "notes.txt"), "utf8")).toBe("mine");
  });

  it("makes no cassette inside the spool", async () => {
    const { spool } = await clonedRepository(() => {});
    for (const target of [spool, join(spool, "out"), join(spool, "cassette")])
      await expect(recover(spool, { target, overwrite: true })).rejects.toEqual(FAILED);
    expect(existsSync(join(spool, "cassette", "output.raw"))).toBe(true);
  });

  it("needs a target for a folder with another name, and accepts none inside the spool", async () => {
    const { clone, spool, expectHomeUnchanged } = await clonedRepository(() => {});
    for (const name of ["spool", ".it.spool-xyz", "....spool-0123456789ab", "...spool-0123456789ab"]) {
      const other = join(clone, name);
      cpSync(spool, other, { recursive: true });
      await expect(recover(other)).rejects.toEqual(FAILED);
      expect(await recover(other, { target: join(clone, "named") })).toMatchObject({
        target: join(clone, "named"),
      });
      rmSync(join(clone, "named"), { recursive: true });
    }
    expectHomeUnchanged();
  });

  it("is found after its folder was moved", async () => {
    const { clone, spool } = await clonedRepository(() => {});
    const moved = `${clone}-moved`;
    renameSync(clone, moved);
    expect(await recover(join(moved, basename(spool)))).toMatchObject({ target: join(moved, "it.cassette") });
  });
});

describe("recover, after a cassette that had got its name was moved away", () => {
  it("makes it again from the recording in the spool", async () => {
    const { clone, spool } = await clonedRepository((path) =>
      renameSync(join(path, "cassette"), join(path, "unsealed")),
    );
    expect(await recover(spool)).toMatchObject({ target: join(clone, "it.cassette"), complete: true });
    expect(readFileSync(join(clone, "it.cassette", "output.raw"), "utf8")).toBe("recorded\n");
  });
});

describe("listSpools", () => {
  it("follows no link, which may form a cycle", async () => {
    const { clone, spool } = await clonedRepository(() => {});
    const [before] = await listSpools(clone);
    for (const name of "abcdefgh") symlinkSync(".", join(spool, name));
    symlinkSync("/", join(spool, "root"));
    expect(await listSpools(clone)).toMatchObject([{ bytes: before?.bytes }]);
  });

  it("lists what recordings left and what is in progress, with sizes", async () => {
    const { clone, spool } = await clonedRepository(() => {});
    const recorder = await createRecorder(join(clone, "now.cassette"));
    mkdirSync(join(clone, ".empty.spool-0123456789ab"));
    mkdirSync(join(clone, ".strange.spool-0123456789ab", "x"), { recursive: true });
    mkdirSync(join(clone, ".other"));
    const spools = await listSpools(clone);
    expect(spools.map(({ target, state }) => [basename(target), state])).toEqual([
      ["empty", "empty"],
      ["it.cassette", "left"],
      ["now.cassette", "recording"],
      ["strange", "unknown"],
    ]);
    expect(spools[1]?.bytes).toBeGreaterThan(100);
    expect(Math.abs((spools[1]?.modified ?? 0) - Date.now())).toBeLessThan(600_000);
    expect(await listSpools(join(clone, "nowhere"))).toEqual([]);
    await expect(discardSpool(recorder.spool)).rejects.toEqual(FAILED);
    await expect(discardSpool(clone)).rejects.toEqual(FAILED);
    await expect(discardSpool(join(clone, ".strange.spool-0123456789ab"))).rejects.toEqual(FAILED);
    await recorder.abort();
    await discardSpool(spool);
    expect(existsSync(spool)).toBe(false);
  });
});
