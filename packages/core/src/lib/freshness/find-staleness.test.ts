import type { Manifest } from "@cassette/format";
import { describe, expect, it } from "vitest";
import { findStaleness } from "./find-staleness.js";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 31);
const manifest = {
  harness: { name: "agent", binary_version: "1.2.3" },
  provenance: { recorded_at: "2026-01-01T00:00:00Z" },
  optional: { cassette: { binary_sha256: "ab".repeat(32) } },
} as unknown as Manifest;

describe("findStaleness", () => {
  it("finds nothing if nothing is required, or all requirements are met", () => {
    expect(findStaleness(manifest, {}, NOW)).toEqual([]);
    const rules = { maxAgeMs: 30 * DAY, binarySha256: "ab".repeat(32), binaryVersion: "1.2.3" };
    expect(findStaleness(manifest, rules, NOW)).toEqual([]);
  });

  it("says how old it is", () => {
    const [stale] = findStaleness(manifest, { maxAgeMs: 7 * DAY }, NOW);
    expect(stale).toEqual({ reason: "age", message: "It was recorded 30 days ago; 7 days are allowed." });
    const undated = { ...manifest, provenance: { ...manifest.provenance, recorded_at: "then" } };
    expect(findStaleness(undated, { maxAgeMs: 7 * DAY }, NOW)).toHaveLength(1);
  });

  it("finds another file and another version, but not what was never recorded", () => {
    const rules = { binarySha256: "cd".repeat(32), binaryVersion: "2.0.0" };
    expect(findStaleness(manifest, rules, NOW).map(({ reason }) => reason)).toEqual(["binary", "version"]);
    const bare = { ...manifest, harness: { name: "agent" }, optional: {} };
    expect(findStaleness(bare, rules, NOW)).toEqual([]);
  });
});
