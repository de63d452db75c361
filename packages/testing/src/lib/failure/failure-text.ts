import { escapeLine, escapeText } from "@cassette/format";
import { drawScreen } from "./draw-screen.js";
import type { Failure } from "./failure.js";

const LONGEST_SERVICE = 400;

/** A failure for people: several lines, safe to print. */
export function failureText(failure: Failure): string {
  const { group, assertion, type, line, expected, found, t_ms, nearby, screen, service, command } = failure;
  const place = line === null ? "" : `, line ${line}`;
  const title = [...(group ? [group] : []), `${assertion}${place}`].join(" › ");
  return [
    escapeLine(assertion === type ? title : `${title} (${type})`),
    `  expected  ${escapeText(expected)}`,
    `  found     ${escapeText(found)}`,
    `  when      ${t_ms} ms`,
    ...nearby.map((line, index) => `  ${index === 0 ? "nearby" : "      "}    ${escapeText(line)}`),
    ...(screen
      ? [
          `  screen    frame ${screen.seq} at ${screen.t_ms} ms`,
          ...drawScreen(screen).map((line) => `    ${line}`),
        ]
      : ["  screen    there are no frames"]),
    ...(service
      ? [`  service   event ${service.seq} at ${service.t_ms} ms: ${escapeText(cut(service.json))}`]
      : []),
    ...(command ? [`  look      ${escapeText(command)}`] : []),
  ].join("\n");
}

function cut(json: string): string {
  return json.length > LONGEST_SERVICE ? `${json.slice(0, LONGEST_SERVICE)}…` : json;
}
