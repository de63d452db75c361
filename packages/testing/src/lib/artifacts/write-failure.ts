import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Screen } from "@cassette/format";
import { createScrubber, environmentSecrets } from "@cassette/scrub";
import { safeFileName } from "../names/file-name.js";
import { failureHtml } from "./failure-html.js";
import { failureMarkdown } from "./failure-markdown.js";
import type { FailureReport } from "./failure-report.js";

/**
 * Writes evidence of a failure: `failure.html`, `failure.md` and `failure.json`, scrubbed with the secrets of the environment.
 * @param folder gets a folder for the failure, and others beside it if there is one of that name.
 * @param picture the screen that was found, with its cells, for the picture in `failure.html`.
 * @returns the path of the failure's folder.
 */
export async function writeFailure(folder: string, report: FailureReport, picture?: Screen): Promise<string> {
  const scrubber = createScrubber({ secrets: environmentSecrets(process.env) });
  const scrubbed = scrubber.scrubJson(toJson(report)).value as unknown as FailureReport;
  const isFree = (text: string) => scrubber.scrubText(text).text === text;
  const own = await newFolder(folder, safeFileName(scrubbed.test));
  const isSafe = picture !== undefined && isFree(picture.text.join("\n"));
  const files = {
    "failure.md": `${failureMarkdown(scrubbed)}\n`,
    "failure.json": `${JSON.stringify({ version: 1, ...scrubbed }, null, 2)}\n`,
    "failure.html": await failureHtml(scrubbed, isSafe ? picture : undefined),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(own, name), text);
  return own;
}

/** Two failures of one test, and two tries of it, do not share a folder. */
async function newFolder(parent: string, name: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let number = 1; ; number++) {
    const path = join(parent, number === 1 ? name : `${name}.${number}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function toJson(report: FailureReport) {
  return JSON.parse(JSON.stringify(report));
}
