import type { PageHeader } from "../src/lib/page/page-data.js";
import { App } from "./app.js";
import { Recording, unpackBlock } from "./recording.js";

/** Runs when the first block is there; the browser continues reading the others. */
async function open(): Promise<void> {
  const header = JSON.parse(document.getElementById("header")?.textContent ?? "") as PageHeader;
  const recording = new Recording(header);
  const other = header.other === null ? null : new Recording(header.other.header);
  const texts = (kind: string) =>
    Array.from(document.querySelectorAll(`script.${kind}`), (script) => script.textContent ?? "");
  recording.add(await unpackBlock(texts("block")[0] ?? ""));
  const app = new App({ recording, other, evidence: (index) => texts("evidence")[index] ?? "" });
  document.body.append(app.element);
  app.start();
  if (document.readyState === "loading")
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  for (const block of texts("block").slice(1)) recording.add(await unpackBlock(block));
  for (const block of texts("other")) other?.add(await unpackBlock(block));
  app.complete();
}

void open();
