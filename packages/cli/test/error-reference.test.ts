import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CONVERSION_ERRORS } from "../src/lib/errors/conversion-errors.js";
import type { ErrorEntry } from "../src/lib/errors/error-entry.js";
import { ERROR_TABLE } from "../src/lib/errors/error-table.js";
import { PICTURE_ERRORS } from "../src/lib/errors/picture-errors.js";
import { PROGRAM_ERRORS } from "../src/lib/errors/program-errors.js";
import { READING_ERRORS } from "../src/lib/errors/reading-errors.js";
import { RECORDING_ERRORS } from "../src/lib/errors/recording-errors.js";
import { TABLE_ERRORS } from "../src/lib/errors/table-errors.js";
import { TESTING_ERRORS } from "../src/lib/errors/testing-errors.js";
import { EXIT } from "../src/lib/output/exit-status.js";

const INTRODUCTION = `# Errors

Every error has a code, which never changes its meaning; messages may. A program that uses the library switches on \`error.code\`.
The command prints the sentence, the code and what to do, or with \`--json\` an object
\`{"error":{"code":…,"message":…,"file":…,"line":…,"hint":…}}\` on standard error, and exits with the status given here.
No message contains recorded bytes.

| exit status | meaning |
| --- | --- |
| 0 | success |
| 1 | negative result: invalid, different, not found |
| 2 | usage error |
| 3 | failure: the work could not be done |
| 4 | the program ran, and no cassette was made |
| 86 | a stub's input differs from its recording |
| 128 + n | ended by signal n |

This page is generated from the command's error table: \`pnpm exec vitest run packages/cli/test/error-reference.test.ts -u\`.`;

const SECTIONS: Record<string, Record<string, ErrorEntry>> = {
  "Reading and verifying": READING_ERRORS,
  "Recording and scrubbing": RECORDING_ERRORS,
  "Programs and the command line": PROGRAM_ERRORS,
  "Tests and repeated recordings": TESTING_ERRORS,
  Pictures: PICTURE_ERRORS,
  "Recordings in other formats": CONVERSION_ERRORS,
  "Tables of many recordings": TABLE_ERRORS,
};

describe("docs/errors.md", () => {
  it("lists the command's error table", async () => {
    const sections = Object.entries(SECTIONS).map(([heading, errors]) => {
      const rows = Object.entries(errors).map(
        ([code, { exit, title, remedy }]) => `| \`${code}\` | ${EXIT[exit]} | ${title} | ${remedy} |`,
      );
      return `## ${heading}\n\n| code | exit status | what happened | what to do |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
    });
    const page = `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
    await expect(page).toMatchFileSnapshot(join(import.meta.dirname, "../../../docs/errors.md"));
  });
});

describe("ERROR_TABLE", () => {
  it("has short titles and whole sentences as remedies", () => {
    for (const [code, { title, remedy }] of Object.entries(ERROR_TABLE)) {
      expect(title, code).toMatch(/^[`A-Z].*[^.]$/);
      expect(title.length, code).toBeLessThan(75);
      expect(remedy, code).toMatch(/^[A-Z].*[.]$|FILE\.$/);
    }
  });

  it("lists each code in one section", () => {
    const listed = Object.values(SECTIONS).flatMap((errors) => Object.keys(errors));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.length).toBe(Object.keys(ERROR_TABLE).length);
  });
});
