import { writeFile } from "node:fs/promises";
import { CassetteError } from "@cassette/format";
import { createParentFolder } from "../../../recording/parent-folder.js";
import type { ScenarioOutcome } from "../scenarios/run-one-scenario.js";
import type { Report, Reported } from "./report.js";
import { reported } from "./reported.js";

/** A JUnit XML file with one suite; each scenario is a test case. Written at the end. */
export function junitReport(file: string): Report {
  const cases: { xml: string; seconds: number; isOk: boolean }[] = [];
  return {
    scenario(path, outcome) {
      const result = reported(path, outcome);
      const seconds = "unusable" in outcome ? 0 : outcome.took_ms / 1_000;
      cases.push({ xml: testCase(path, result, outcome, seconds), seconds, isOk: result.isOk });
    },
    async end() {
      const failed = cases.filter(({ isOk }) => !isOk).length;
      const time = cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3);
      const totals = `tests="${cases.length}" failures="${failed}" errors="0" skipped="0" time="${time}"`;
      const suite = `<testsuite name="cassette" ${totals}>\n${cases.map(({ xml }) => xml).join("")}</testsuite>`;
      const text = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n${suite}\n</testsuites>\n`;
      try {
        createParentFolder(file);
        await writeFile(file, text);
      } catch (cause) {
        throw new CassetteError("CASSETTE_WRITE_FAILED", "The report cannot be written.", { file, cause });
      }
    },
  };
}

function testCase(
  path: string,
  { name, problems }: Reported,
  outcome: ScenarioOutcome,
  seconds: number,
): string {
  const line = problems.find((problem) => problem.line !== null)?.line;
  const place = `classname="${xml(path)}" file="${xml(path)}"${line ? ` line="${line}"` : ""}`;
  const open = `<testcase name="${xml(name)}" ${place} time="${seconds.toFixed(3)}"`;
  if (problems.length === 0) return `${open}/>\n`;
  const [first] = problems;
  const type = "unusable" in outcome ? outcome.unusable.code : (outcome.error?.code ?? "assertion");
  const message = problems.length === 1 ? first?.title : `${problems.length} assertions do not hold`;
  const text = problems.map((problem) => problem.text).join("\n\n");
  return `${open}>\n<failure message="${xml(message ?? "")}" type="${xml(type)}">${xml(text)}</failure>\n</testcase>\n`;
}

/** XML 1.0 has no control characters but tab and line ends, and no lone surrogates. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
