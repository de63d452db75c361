// Takes and releases a lock a number of times. A holder marks itself with a file; finding the mark of another process
// that is alive means two hold the lock at once, and ends with status 3.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { acquireRecordLock } from "../../dist/index.js";

const [root, cycles] = process.argv.slice(2);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

for (let done = 0; done < Number(cycles); ) {
  const lock = await acquireRecordLock(root, "account").catch((error) => {
    if (error.code !== "CASSETTE_LOCKED") throw error;
    return null;
  });
  if (lock === null) {
    await sleep(1 + Math.random() * 4);
    continue;
  }
  const mark = join(root, `holder-${process.pid}`);
  writeFileSync(mark, "");
  for (const name of readdirSync(root).filter((entry) => entry.startsWith("holder-"))) {
    const pid = name.slice("holder-".length);
    if (pid === String(process.pid)) continue;
    if (isAlive(pid)) process.exit(3);
    rmSync(join(root, name), { force: true });
  }
  await sleep(Math.random() * 2);
  rmSync(mark);
  await lock.release();
  done++;
}

function isAlive(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}
