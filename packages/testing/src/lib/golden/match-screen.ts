import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Screen } from "@cassette/format";
import { readConfig } from "@cassette/terminal/masks";
import { keepEvidence } from "../artifacts/keep-evidence.js";
import { displayPath } from "../failure/display-path.js";
import type { TestTry } from "../runners/test-try.js";
import { type GoldenResult, matchGolden } from "./golden-file.js";
import { goldenPath } from "./golden-path.js";
import { type GoldenOptions, goldenText } from "./golden-screen.js";
import { keepGolden } from "./obsolete-goldens.js";
import type { UpdateMode } from "./update-mode.js";

/** How a screen is compared. */
interface MatchOptions extends GoldenOptions {
  mode: UpdateMode;
  /** Name of the golden file; default: the test's name and a number. */
  name?: string;
  /** The screen is expected to be another one. */
  isNot?: boolean;
  /** What the screen is of: of a running terminal, the session is kept where the comparison fails. */
  subject?: unknown;
}

/**
 * Compares a screen with a golden file. Where it differs, a picture of it is beside the file until it is right again.
 * @param by the try that compares it.
 */
export async function matchScreen(
  by: TestTry,
  screen: Screen,
  { mode, name, isNot = false, subject, ...kept }: MatchOptions,
): Promise<GoldenResult> {
  const file = goldenPath(by, name);
  keepGolden(by.file, file);
  const config = await readConfig(dirname(by.file));
  const masks = [...config.masks, ...(kept.masks ?? [])];
  const result = await matchGolden(file, goldenText(screen, { ...kept, masks }), { mode, isNot, by });
  const picture = file.replace(/\.screen$/, ".actual.svg");
  if (result.pass || isNot) {
    await rm(picture, { force: true });
    return result;
  }
  const isDrawn = existsSync(file) && (await drawPicture(picture, screen));
  const drawn = isDrawn ? `\nA picture of it: ${displayPath(picture)}` : "";
  const { expected, actual } = result;
  const screens = { expected: expected ?? null, found: actual };
  const report = {
    test: by.test,
    file: displayPath(by.file),
    line: null,
    message: result.message,
    failure: null,
    screens,
  };
  const evidence = await keepEvidence(report, { subject, picture: screen });
  return { ...result, message: `${result.message}${drawn}${evidence}` };
}

/** Whether it could be drawn: the comparison has failed already, and no other failure shall hide that. */
async function drawPicture(path: string, screen: Screen): Promise<boolean> {
  if (screen.cells === undefined) return false;
  try {
    const { renderSvg } = await import("@cassette/render");
    await writeFile(path, renderSvg(screen, { theme: "auto" }));
    return true;
  } catch {
    return false;
  }
}
