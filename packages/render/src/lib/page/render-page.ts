import { createHash } from "node:crypto";
import { escapeText } from "../svg/markup.js";
import { encodePage, type PageOptions, type PageRecording } from "./encode-page.js";

declare const __PAGE_SCRIPT__: string;
declare const __PAGE_STYLE__: string;

/**
 * Makes a page to look through a recording: one file of HTML that loads nothing and needs no network, in pieces. Nothing that was
 * recorded can run, load or navigate there.
 * @throws what the recording's `screens` throws.
 */
export async function* renderPage(
  recording: PageRecording,
  options: PageOptions = {},
): AsyncGenerator<string> {
  const { header, blocks, otherBlocks, evidence } = await encodePage(recording, options);
  const [first = "", ...later] = blocks;
  yield `${head(header.title)}<script type="application/json" id="header">${embeddedJson(header)}</script>\n`;
  yield data("block", first);
  // It shows the first screens before the browser has read the rest.
  yield `<script>${__PAGE_SCRIPT__}</script>\n`;
  for (const block of later) yield data("block", block);
  for (const block of otherBlocks) yield data("other", block);
  for (const file of evidence) yield data("evidence", file);
  yield "</body></html>\n";
}

/**
 * Makes the data file of a `<cassette-player>`: lines of text, the first one JSON, then the blocks. The format is the page's own and
 * goes with the version of the player.
 */
export async function* renderPageData(
  recording: PageRecording,
  options: PageOptions = {},
): AsyncGenerator<string> {
  const { header, blocks } = await encodePage(recording, options);
  yield `${JSON.stringify(header)}\n`;
  for (const block of blocks) yield `${block}\n`;
}

function head(title: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(__PAGE_SCRIPT__)}'`,
    `style-src '${hashOf(__PAGE_STYLE__)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  return [
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">',
    `<title>${escapeText(title)} – Cassette</title>`,
    `<style>${__PAGE_STYLE__}</style></head><body>`,
    "<noscript>This page shows a recording of a terminal and needs JavaScript, which is in this file.</noscript>\n",
  ].join("\n");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function data(kind: "block" | "other" | "evidence", text: string): string {
  return `<script type="application/octet-stream" class="${kind}">${text}</script>\n`;
}

/** JSON that cannot end its element or begin a comment in it. */
function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
