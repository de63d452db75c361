import { it } from "vitest";
import { createScrubber } from "../src/index.js";
import { adversarialTexts, FULL_CONFIG } from "./adversarial.js";

it("x", { timeout: 900000 }, async () => {
  const s = createScrubber(FULL_CONFIG);
  const rows: [number, string][] = [];
  let n = 0;
  let k = 0;
  for (const { name, text } of adversarialTexts(1 << 16)) {
    if (k++ % 3 !== 0) continue;
    n++;
    const bytes = Buffer.from(text);
    const t = process.cpuUsage();
    await s.scrubStream([{ bytes }]);
    const u = process.cpuUsage(t);
    rows.push([((u.user + u.system) / 1000) * (1048576 / bytes.length), name]);
  }
  rows.sort((a, b) => b[0] - a[0]);
  console.log(
    n,
    rows
      .slice(0, 60)
      .map(([ms, name]) => `${ms.toFixed(0)} ms/MB ${name}`)
      .join("\n"),
    "median",
    rows[rows.length >> 1]?.[0],
  );
});
