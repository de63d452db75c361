import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { createScrubber } from "@cassette/scrub";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const IS_SOAK = Boolean(process.env.CASSETTE_SOAK);
const MB = 1e6;
/** The most that is read of each source. */
const LARGEST = IS_SOAK ? 6 * MB : 0.15 * MB;
const CHUNK = 1 << 16;

/** Ordinary terminal output, by the commands that print it. */
const SOURCES = {
  "listing of files": "ls -lR /usr",
  "paths with sizes": "find /usr /etc -xdev -printf '%s %t %p\\n'",
  "source code":
    "find -L node_modules/.pnpm -maxdepth 5 -name '*.js' -size -200k | head -3000 | sort | xargs cat",
  "type declarations":
    "find -L node_modules/.pnpm -maxdepth 5 -name '*.d.ts' -size -200k | head -3000 | sort | xargs cat",
  diffs: "git log -p -- . ':!packages/scrub' ':!*.lock' ':!*fixtures*'",
  "list of packages": "dpkg -l; cat /var/lib/dpkg/status | grep -v -e '^Maintainer' -e '@'",
  "hashes of files":
    "find packages docs -type f -not -path '*/node_modules/*' | sort | head -4000 | xargs sha256sum",
  "dump of bytes": `xxd ${process.execPath} || hexdump -C ${process.execPath} || od -A x -t x1z ${process.execPath}`,
  "image in base64": `base64 ${process.execPath}`,
  "lock file": "cat pnpm-lock.yaml",
  processes: "ps auxww; top -b -d 0.2 -n 5; cat /proc/*/status; cat /proc/meminfo /proc/cpuinfo",
  "manuals and licences":
    "find /usr/share/doc /usr/share/perl -type f -name '[a-zA-Z]*' -size -100k | grep -v gz | head -2000 | sort | xargs cat",
};

function output(command) {
  try {
    return execFileSync("sh", ["-c", `{ ${command} ; } 2>/dev/null | head -c ${LARGEST}`], {
      cwd: root,
      maxBuffer: 2 * LARGEST + MB,
    });
  } catch {
    return Buffer.alloc(0);
  }
}

/** The places that are masked in an output, with their surroundings. */
async function maskedPlaces(bytes) {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += CHUNK) chunks.push({ bytes: bytes.subarray(at, at + CHUNK) });
  const { mask } = await createScrubber().scrubStream(chunks);
  return mask.ranges.map(([start, end]) => ({
    text: bytes.subarray(start, end).toString(),
    around: bytes.subarray(Math.max(0, start - 40), end + 20).toString(),
  }));
}

/** E-mail addresses are masked on purpose. */
const ADDRESS = /^[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}$/;

describe("the default set, over ordinary output", () => {
  it("masks less than one place in 100 KB", { timeout: 900_000 }, async () => {
    let size = 0;
    const alarms = [];
    for (const [name, command] of Object.entries(SOURCES)) {
      const bytes = output(command);
      const places = await maskedPlaces(bytes);
      const wrong = places.filter(({ text }) => !ADDRESS.test(text));
      size += bytes.length;
      alarms.push(...wrong.map(({ around }) => `${name}: ${around}`));
      if (IS_SOAK) {
        console.log(
          `${name}: ${bytes.length} bytes, ${places.length - wrong.length} addresses, ${wrong.length} others`,
        );
      }
    }
    if (IS_SOAK) console.log(alarms.join("\n"));
    expect(size).toBeGreaterThan(IS_SOAK ? 20 * MB : 0.5 * MB);
    expect(alarms.length, alarms.join("\n")).toBeLessThan(size / 1e5);
  });
});
