import { CassetteError } from "@cassette/format";
import { parseYaml } from "@cassette/terminal/yaml";
import { type Document, isNode } from "yaml";
import { noteLine } from "./assertion-lines.js";
import type { Scenario } from "./scenario.js";
import { readScenario } from "./scenario-schema.js";

/**
 * Reads a scenario file: YAML or JSON.
 * @param text the file's text
 * @param file its name, for errors
 * @throws CassetteError CASSETTE_SCENARIO_INVALID, with file and line.
 */
export function parseScenario(text: string, file: string): Scenario {
  const { document, errors, lineAt } = parseYaml(text);
  const [error] = errors;
  if (error) {
    const { message, line, column } = error;
    throw invalid(`It is neither YAML nor JSON, at column ${column}: ${message}.`, file, line);
  }
  const result = readScenario(toValue(document, file));
  if ("scenario" in result) {
    if (!hasAssertions(result.scenario))
      throw invalid(
        "It has no assertions, so it would always pass.",
        file,
        lineAt(offsetOf(document, ["groups"])),
      );
    for (const [group, assertions] of Object.entries(result.scenario.groups))
      for (const [index, assertion] of assertions.entries())
        noteLine(assertion, lineAt(offsetOf(document, ["groups", group, index])));
    return result.scenario;
  }
  const { path, message } = result.mistake;
  const where = path.length > 0 ? `${path.join(".")}: ` : "";
  throw invalid(`${where}${message}.`, file, lineAt(offsetOf(document, path)));
}

function hasAssertions({ groups }: Scenario): boolean {
  return Object.values(groups).some((assertions) => assertions.length > 0);
}

/** The library refuses exponential anchors. */
function toValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw invalid("It repeats too much.", file, 1);
  }
}

/** Position of the last part of the path that exists. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function invalid(message: string, file: string, line: number): CassetteError {
  return new CassetteError("CASSETTE_SCENARIO_INVALID", message, { file, line });
}
