import type { Screen } from "@cassette/format";
import type { FailureReport } from "./failure-report.js";

/** Nothing is loaded and nothing runs, whatever was recorded. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 100rem; padding: 0 1rem; }
h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
.screens { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 600; }
pre, img { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); box-sizing: border-box; }
pre { margin: 0; padding: .5rem; overflow: auto; font: 14px/1.25 ui-monospace, monospace; }
img { max-width: 100%; }
`;

/** A failure as one HTML file: what was expected beside what was found. @param picture the screen that was found, with cells. */
export async function failureHtml(report: FailureReport, picture?: Screen): Promise<string> {
  const { test, file, line, message, failure, screens } = report;
  const facts: [name: string, value: string][] = [
    ...(file === null ? [] : [["File", line === null ? file : `${file}:${line}`] as [string, string]]),
    ...(failure === null
      ? []
      : ([
          ["Assertion", failure.assertion],
          ["Expected", failure.expected],
          ["Found", failure.found],
        ] as [string, string][])),
    ...(failure?.command ? [["Look", failure.command] as [string, string]] : []),
  ];
  const figures = [
    ...(screens?.expected ? [figure("Expected", text(screens.expected))] : []),
    ...(screens ? [figure("Found", (await drawn(picture)) + text(screens.found))] : []),
  ];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${escaped(test)}</title>
<style>${STYLE}</style>
<h1>${escaped(test)}</h1>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>
<div class="screens">${figures.join("")}</div>
<h2>All of it</h2>
${text(message)}
</html>
`;
}

function figure(caption: string, content: string): string {
  return `<figure><figcaption>${caption}</figcaption>${content}</figure>`;
}

function text(shown: string): string {
  return `<pre>${escaped(shown)}</pre>`;
}

/** As a picture the drawing has a document of its own: nothing in it can reach this one. */
async function drawn(screen: Screen | undefined): Promise<string> {
  if (screen?.cells === undefined) return "";
  try {
    const { renderSvg } = await import("@cassette/render");
    const svg = Buffer.from(renderSvg(screen, { theme: "auto" })).toString("base64");
    return `<img alt="The screen that was found" src="data:image/svg+xml;base64,${svg}">`;
  } catch {
    // The text is there: a failure to draw shall not hide the failure that is reported.
    return "";
  }
}

function escaped(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
