import type { PageFile, PageHeader } from "../src/lib/page/page-data.js";
import { saveFile } from "./copying.js";
import { element } from "./elements.js";
import { inflate } from "./recording.js";

/** What the recording is, and the files that came along. */
export function aboutPanel(header: PageHeader, evidence: (index: number) => string): HTMLElement {
  const facts = header.facts.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  const files = header.evidence.length === 0 ? [] : [evidenceList(header.evidence, evidence)];
  return element("div", {}, element("dl", {}, ...facts), ...files);
}

function evidenceList(files: readonly PageFile[], evidence: (index: number) => string): HTMLElement {
  const result = element("p", { class: "note", role: "status" });
  const states = files.map(() => element("td", {}, ""));
  const verify = async () => {
    let failed = 0;
    for (const [index, file] of files.entries()) {
      const state = await stateOf(file, await inflate(evidence(index)));
      if (state === "differs") failed++;
      states[index]?.replaceChildren(state);
    }
    result.textContent =
      failed === 0
        ? "Every file is as the manifest says."
        : `${failed} of the files are not as the manifest says.`;
  };
  const rows = files.map(({ name, size }, index) => {
    const save = async () =>
      saveFile(name, (await inflate(evidence(index))).slice(), "application/octet-stream");
    return element(
      "tr",
      {},
      element(
        "td",
        {},
        element("button", { type: "button", title: `Save ${name}`, click: () => void save() }, name),
      ),
      element("td", {}, `${size.toLocaleString("en")} bytes`),
      states[index] ?? "",
    );
  });
  return element(
    "section",
    { "aria-label": "Evidence" },
    element("h2", {}, "Evidence"),
    element("p", { class: "note" }, "The recording itself is in this file."),
    element("button", { type: "button", click: () => void verify() }, "Verify"),
    result,
    element("table", {}, element("tbody", {}, ...rows)),
  );
}

/** Compares a file with its digest. */
async function stateOf({ size, sha256 }: PageFile, bytes: Uint8Array): Promise<string> {
  if (bytes.length !== size) return "differs";
  if (sha256 === null) return "";
  const digest = await crypto.subtle.digest("SHA-256", bytes.slice());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === sha256 ? "✓" : "differs";
}
