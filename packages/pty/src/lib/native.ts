import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { CassetteError, systemErrorHint } from "@cassette/format";
import { INSTALL_HINT, type NativeModule, NODE_PTY_VERSION, requireNativeParts } from "./native-layout.js";

/** A native pseudo-terminal. */
export interface NativePty {
  fork(launch: NativeLaunch): NativeTerminal;
  resize(fd: number, cols: number, rows: number): void;
}

interface NativeLaunch {
  file: string;
  args: string[];
  /** `NAME=value` */
  env: string[];
  cwd: string;
  cols: number;
  rows: number;
  /** `signal` is 0 after an exit. */
  onExit: (code: number, signal: number) => void;
}

export interface NativeTerminal {
  /** The master side; non-blocking, and inherited by every later child unless closed there. */
  fd: number;
  pid: number;
  /** Path of the slave side. */
  pty: string;
}

let loaded: NativePty | undefined;

/**
 * Loads the native module, on first use, so that importing this package never fails.
 * @throws CassetteError `CASSETTE_PLATFORM_UNSUPPORTED`, `CASSETTE_PTY_UNAVAILABLE`
 */
export function loadNativePty(platform: NodeJS.Platform = process.platform): NativePty {
  refusePlatform(platform);
  loaded ??= load(platform);
  return loaded;
}

function refusePlatform(platform: NodeJS.Platform): void {
  if (platform === "linux" || platform === "darwin") return;
  const name = platform === "win32" ? "Windows" : platform;
  throw new CassetteError(
    "CASSETTE_PLATFORM_UNSUPPORTED",
    `Programs cannot be recorded on ${name}: only the pseudo-terminals of Linux and macOS are supported.`,
    { hint: "Record on Linux, macOS or in WSL; cassettes can be read and replayed everywhere." },
  );
}

function load(platform: NodeJS.Platform): NativePty {
  // Resolved from this package, which depends on node-pty, even if this file is bundled into another one.
  const require = createRequire(createRequire(import.meta.url).resolve("@cassette/pty/package.json"));
  const { native, helper } = requireNative(require);
  if (platform === "darwin") makeRunnable(helper);
  return {
    fork: ({ file, args, env, cwd, cols, rows, onExit }) =>
      native.fork(file, args, env, cwd, cols, rows, -1, -1, true, helper, onExit),
    resize: (fd, cols, rows) => native.resize(fd, cols, rows),
  };
}

function requireNative(require: NodeJS.Require): { native: NativeModule; helper: string } {
  const { native, helper, version } = requireParts(require);
  if (version !== NODE_PTY_VERSION)
    throw unavailable(`node-pty ${NODE_PTY_VERSION} is needed, ${version} is installed.`);
  if (typeof native?.fork !== "function" || typeof native.resize !== "function") {
    throw unavailable(`node-pty ${NODE_PTY_VERSION} lacks the functions it should have.`);
  }
  return { native: native as NativeModule, helper };
}

function requireParts(require: NodeJS.Require): ReturnType<typeof requireNativeParts> {
  try {
    return requireNativeParts(require);
  } catch (cause) {
    if (/too many open files|EMFILE/i.test(String(cause))) throw tooManyFiles(cause);
    throw unavailable("node-pty's native module cannot be loaded.", cause);
  }
}

/** Some installers drop the executable bit of the helper through which node-pty starts every child on macOS. */
function makeRunnable(helper: string): void {
  try {
    accessSync(helper, constants.X_OK);
  } catch {
    try {
      chmodSync(helper, 0o755);
    } catch (cause) {
      throw unavailable("node-pty's spawn-helper may not be executed.", cause);
    }
  }
}

function tooManyFiles(cause: unknown): CassetteError {
  return new CassetteError("CASSETTE_SPAWN_FAILED", "Too many files are open to start a program.", {
    hint: systemErrorHint("EMFILE"),
    cause,
  });
}

function unavailable(message: string, cause?: unknown): CassetteError {
  return new CassetteError("CASSETTE_PTY_UNAVAILABLE", message, {
    hint: INSTALL_HINT,
    cause,
  });
}
