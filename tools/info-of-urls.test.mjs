import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cassettePath } from "../packages/core/test/support/conformance-data.ts";
import { HAS_NGINX, serveByNginx, servedBytes } from "../packages/core/test/support/nginx.ts";
import { writeSparseArchive } from "../packages/core/test/support/sparse-archive.ts";

const COMMAND = join(import.meta.dirname, "../packages/cli/dist/main.cjs");

function info(...args) {
  return spawnSync(process.execPath, [COMMAND, "info", ...args], { encoding: "utf8" });
}

describe.skipIf(!HAS_NGINX)("cassette info of an archive of 1 GB that nginx serves", () => {
  it("says what it is for less than 200 kB, and that it is not verified", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cassette-info-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "www"));
    writeSparseArchive(join(folder, "www/it.zip"), 1000 * 1024 ** 2);
    const url = `${await serveByNginx(folder)}/it.zip`;
    const { status, stdout, stderr } = info("--json", `${url}?X-Amz-Signature=secret`);
    expect([status, stderr]).toEqual([0, expect.stringContaining("not verified")]);
    expect(stdout + stderr).not.toContain("secret");
    const { id, sha256, exit } = JSON.parse(info("--json", cassettePath("minimal")).stdout);
    expect(JSON.parse(stdout)).toMatchObject({ id, sha256, exit, path: url, verified: false });
    const bytes = await servedBytes(folder);
    expect(bytes.length).toBeLessThanOrEqual(2);
    expect(bytes.reduce((sum, count) => sum + count, 0)).toBeLessThan(200_000);
  });
});
