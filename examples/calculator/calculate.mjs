#!/usr/bin/env node
// Calculates by typing into Python's prompt: node calculate.mjs '6 * 7'
import { pathToFileURL } from "node:url";
import { createPtyDriver } from "@cassette/pty";
import { createPromptReader } from "./prompt-reader.mjs";

/**
 * @param {string[]} expressions
 * @param {import("@cassette/format").PtyDriver} driver runs Python; tests give a recording of it
 * @returns {Promise<string[]>} what Python answered to each
 */
export async function calculate(expressions, driver = createPtyDriver()) {
  const session = await driver.start({ argv: ["python3", "-q"], rows: 12, cols: 60 });
  const reader = createPromptReader();
  const waiting = [...expressions];
  const answers = [];
  try {
    for await (const { bytes } of session.output()) {
      for (const answer of reader.feed(bytes)) {
        if (answer !== null) answers.push(answer);
        const next = waiting.shift();
        if (next !== undefined) await session.sendText(next);
        await session.sendKey(next === undefined ? "C-d" : "Enter");
      }
    }
    return answers;
  } finally {
    await session.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const answer of await calculate(process.argv.slice(2))) console.log(answer);
}
