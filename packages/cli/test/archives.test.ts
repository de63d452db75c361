import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

const MAIN = join(import.meta.dirname, "../dist/main.cjs");
const folder = mkdtempSync(join(tmpdir(), "cassette-cli-"));
const run = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8" });

beforeAll(() => {
  execFileSync(process.execPath, [MAIN, "record", "it.cassette", "--", "sh", "-c", "printf 'one\\ntwo\\n'"], {
    cwd: folder,
    stdio: "ignore",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS: string[][] = [
  ["info"],
  ["info", "--json"],
  ["cat"],
  ["events"],
  ["frames"],
  ["frames", "--json"],
  ["grep", "two"],
  ["play", "--speed", "10"],
  ["verify"],
  ["verify", "--rerender"],
  ["script"],
  ["stub"],
];

describe("cassette convert", () => {
  it("packs a cassette, and unpacks the same files", () => {
    expect(run("convert", "it.cassette", "it.zip").stderr).toBe("it.zip: packed, verified.\n");
    expect(run("convert", "it.zip", "out").stderr).toBe("out: unpacked, verified.\n");
    for (const name of readdirSync(join(folder, "it.cassette")))
      expect(readFileSync(join(folder, "out", name))).toEqual(
        readFileSync(join(folder, "it.cassette", name)),
      );
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("keeps what exists without --overwrite", () => {
    expect(run("convert", "it.cassette", "it.zip").stderr).toContain("exists");
    expect(run("convert", "it.zip", "out").stderr).toContain("exists");
    expect(run("convert", "it.cassette", "it.zip", "--overwrite", "--level", "0").status).toBe(0);
    expect(run("convert", "it.zip", "out", "--overwrite").status).toBe(0);
  });

  it("leaves nothing of an archive that is refused", () => {
    writeFileSync(join(folder, "bad.zip"), readFileSync(join(folder, "it.zip")).subarray(0, -9));
    const { status, stderr } = run("convert", "bad.zip", "bad");
    expect([status, stderr]).toEqual([1, expect.stringContaining("CASSETTE_ARCHIVE_INVALID")]);
    expect(existsSync(join(folder, "bad"))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("converts an archive as it does a directory", () => {
    expect(run("convert", "it.zip", "it.cast").status).toBe(0);
    expect(run("convert", "it.zip", "it.svg").status).toBe(0);
    expect(readFileSync(join(folder, "it.svg"), "utf8")).toContain("two");
  });
});

const URL_QUERY = "?X-Signature=secret";

/** Serves the folder's archive from a process of its own: the commands are waited for. */
async function serveArchive(): Promise<string> {
  const program = `
    const bytes = require("fs").readFileSync("it.zip");
    const server = require("http").createServer((request, response) => {
      const [, first, last] = /^bytes=(\\d*)-(\\d*)$/.exec(request.headers.range);
      const start = first === "" ? Math.max(0, bytes.length - last) : Number(first);
      const end = first === "" ? bytes.length : Math.min(bytes.length, Number(last) + 1);
      const headers = { etag: '"1"', "content-range": "bytes " + start + "-" + (end - 1) + "/" + bytes.length };
      response.writeHead(206, headers).end(bytes.subarray(start, end));
    });
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ["-e", program], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const [port] = await once(child.stdout, "data");
  return `http://127.0.0.1:${String(port).trim()}/it.zip`;
}

describe("commands that read a URL", () => {
  it("print what they print of the directory, and never the query", async () => {
    const url = await serveArchive();
    for (const [command = "", ...more] of COMMANDS.filter(([name]) => name !== "info")) {
      const of = (path: string) => run(command, ...(command === "grep" ? [...more, path] : [path, ...more]));
      const [local, remote] = [of("it.cassette"), of(url + URL_QUERY)];
      expect([command, remote.status, remote.stdout.replaceAll(url, "it.cassette")]).toEqual([
        command,
        0,
        local.stdout,
      ]);
      expect(remote.stdout + remote.stderr).not.toContain("secret");
    }
  });

  it("info reads a little, and says that it is not verified", async () => {
    const { stdout, stderr } = run("info", (await serveArchive()) + URL_QUERY);
    expect(stdout).toContain("not verified");
    expect(stdout).not.toMatch(/events|secret/);
    expect(stderr).toContain("not verified");
  });

  it("convert unpacks one", async () => {
    expect(run("convert", (await serveArchive()) + URL_QUERY, "downloaded").status).toBe(0);
    expect(run("verify", "downloaded").status).toBe(0);
  });

  it("errors do not contain the query", async () => {
    const url = (await serveArchive()).replace("http:", "https:");
    for (const args of [["verify"], ["info"], ["scrub"], ["convert"], ["diff"]]) {
      const { status, stdout, stderr } = run(...args, url + URL_QUERY, "other");
      expect([args, status === 0]).toEqual([args, false]);
      expect(stdout + stderr).not.toContain("secret");
    }
  });
});

describe("commands that read folders", () => {
  it("find the archives in them", () => {
    cpSync(join(folder, "it.cassette"), join(folder, "mixed/two.cassette"), { recursive: true });
    expect(run("convert", "it.cassette", join("mixed", "one.zip")).status).toBe(0);
    const paths = [join("mixed", "one.zip"), join("mixed", "two.cassette")];
    for (const args of [["verify"], ["grep", "two"], ["rerender"], ["scrub", "--check"]]) {
      const { status, stdout } = run(...args, "mixed");
      expect([args, status, stdout]).toEqual([args, 0, run(...args, ...paths).stdout]);
    }
    expect(run("verify", "mixed").stdout.match(/^ok /gm)).toHaveLength(2);
  });

  it("scrub --check reports the secrets in an archive as those in its directory", () => {
    const secret = ["ghp", "_", "1234567890abcdefghijABCDEFGHIJ123456"].join("");
    run("record", "leak.cassette", "--no-scrub", "--", "echo", secret);
    expect(run("convert", "leak.cassette", "leak.zip").status).toBe(0);
    const [directory, archive] = [
      run("scrub", "--check", "leak.cassette"),
      run("scrub", "--check", "leak.zip"),
    ];
    expect(directory.stdout).toContain("found leak.cassette/output.raw");
    expect(archive.status).toBe(1);
    expect(archive.stdout.replaceAll("leak.zip", "leak.cassette")).toBe(directory.stdout);
  });
});

describe("commands that read", () => {
  it.each(COMMANDS.map((args) => [args.join(" "), args] as const))(
    "%s takes an archive",
    (_name, [command = "", ...more]) => {
      const of = (path: string) => {
        const { status, stdout } = run(command, ...(command === "grep" ? [...more, path] : [path, ...more]));
        return [status, stdout.replaceAll(path, "PATH")];
      };
      const [status, stdout] = of("it.cassette");
      expect(status).toBe(0);
      expect(stdout).not.toBe("");
      expect(of("it.zip")).toEqual([status, stdout]);
    },
  );

  it("diff takes two", () => {
    expect(run("diff", "it.zip", "it.cassette").status).toBe(0);
  });

  it("view makes a page of one", () => {
    expect(run("view", "it.zip", "--output", "it.html").status).toBe(0);
    expect(readFileSync(join(folder, "it.html"), "utf8")).toContain("<html");
  });
});
