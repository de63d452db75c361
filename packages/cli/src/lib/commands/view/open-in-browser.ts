import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import type { Streams } from "../../output/report-error.js";

/** Whether there is a display to open a page on. */
export function canOpen(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, CI } = process.env;
  if (CI) return false;
  return process.platform === "darwin" || Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** Opens a file as the desktop would; where that fails, prints its path. */
export async function openInBrowser(file: string, stderr: Streams["stderr"]): Promise<void> {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const { href } = pathToFileURL(file);
  const isOpened = await new Promise<boolean>((resolve) => {
    const child = spawn(opener, [href], { stdio: "ignore", detached: true });
    child.on("error", () => resolve(false));
    child.on("spawn", () => resolve(true));
    child.unref();
  });
  stderr.write(isOpened ? `Opened ${file}\n` : `No browser could be opened: ${file}\n`);
}
