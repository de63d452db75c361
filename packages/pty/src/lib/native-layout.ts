import { dirname, resolve } from "node:path";

/** node-pty's private interface may change with any release. */
export const NODE_PTY_VERSION = "1.1.0";

/** What to do where it is missing or does not load. */
export const INSTALL_HINT =
  "Install again, optional dependencies included. Where no binary fits (musl, other processors), compile it: put " +
  `"overrides": { "node-pty": "npm:node-pty@${NODE_PTY_VERSION}" } into package.json; this needs python3, make and g++.`;

/** The half of node-pty that is used: its native module, without the stream it wraps around it. */
export interface NativeModule {
  fork(
    file: string,
    args: string[],
    env: string[],
    cwd: string,
    cols: number,
    rows: number,
    uid: number,
    gid: number,
    utf8: boolean,
    helper: string,
    onExit: (code: number, signal: number) => void,
  ): { fd: number; pid: number; pty: string };
  resize(fd: number, cols: number, rows: number): void;
}

/** What an installed node-pty offers. */
export interface NativeParts {
  native: Partial<NativeModule> | undefined;
  /** Path of the program that node-pty starts every child through on macOS. */
  helper: string;
}

/** node-pty with binaries in packages of their own, one per platform. */
const PREBUILT = "@lydell/node-pty";

/**
 * Finds the native half of whatever is installed as `node-pty`: the package with binaries, or the original one, which an
 * override may put in its place.
 * @param require resolves from a package that depends on node-pty.
 * @throws whatever loading it throws.
 */
export function requireNativeParts(require: NodeJS.Require): NativeParts & { version: unknown } {
  const { name, version } = require("node-pty/package.json") as { name: unknown; version: unknown };
  const parts = name === PREBUILT ? prebuiltParts(require) : originalParts(require);
  return { ...parts, version };
}

function prebuiltParts(require: NodeJS.Require): NativeParts {
  // The binaries are dependencies of that package, not of ours.
  const paths = [dirname(require.resolve("node-pty/package.json"))];
  const binaries = require.resolve(`${PREBUILT}-${process.platform}-${process.arch}/package.json`, { paths });
  return { native: require(resolve(binaries, "../pty.node")), helper: resolve(binaries, "../spawn-helper") };
}

function originalParts(require: NodeJS.Require): NativeParts {
  const utils = require.resolve("node-pty/lib/utils");
  const { module: native, dir = "." } = require(utils).loadNativeModule("pty");
  return { native, helper: resolve(utils, "..", dir, "spawn-helper") };
}
