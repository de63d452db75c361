import { closeSync, openSync, readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createPtyDriver } from "./driver.js";
import { loadNativePty } from "./native.js";
import { loadNativeModes } from "./native-modes.js";
import {
  createModeReader,
  parseStty,
  type ReadableTerminal,
  readByStty,
  START_MODES,
} from "./terminal-modes.js";

describe("parseStty", () => {
  it.each([
    ["isig icanon iexten echo echoe echok -echonl", { canonical: true, echo: true }],
    ["isig icanon iexten -echo echoe echok", { canonical: true, echo: false }],
    ["-isig -icanon -iexten -echo echoe", { canonical: false, echo: false }],
    ["lflags: icanon isig iexten echo echoe -echok", { canonical: true, echo: true }],
    ["echoe echok -echonl", null],
    ["", null],
  ])("reads %j", (text, modes) => {
    expect(parseStty(text)).toEqual(modes);
  });
});

describe("START_MODES", () => {
  it("is what a program receives", async () => {
    const session = await createPtyDriver().start({ argv: ["stty", "-a"], rows: 24, cols: 80 });
    let text = "";
    for await (const { bytes } of session.output()) text += Buffer.from(bytes).toString();
    await session.close();
    expect(parseStty(text)).toEqual(START_MODES);
  });
});

describe("readByStty", () => {
  it("reports an unknown state if there is no terminal", async () => {
    expect(await readByStty("/dev/null")).toBe("unreadable");
    expect(await readByStty("/dev/pts/none")).toBe("unreadable");
  });
});

describe("loadNativeModes", () => {
  it.each([
    ["icanon echo", { canonical: true, echo: true }],
    ["icanon -echo", { canonical: true, echo: false }],
    ["-icanon echo", { canonical: false, echo: true }],
    ["-icanon -echo", { canonical: false, echo: false }],
    ["raw", { canonical: false, echo: true }],
  ])("reads what stty sets and reads: %s", async (settings, modes) => {
    const terminal = await openTerminal(`stty ${settings}`);
    expect(await readByStty(terminal.path)).toEqual(modes);
    expect(loadNativeModes()?.(terminal.fd())).toEqual(modes);
  });

  it("reads nothing from what is no terminal", () => {
    const file = openSync("/dev/null", "r");
    onTestFinished(() => closeSync(file));
    expect(loadNativeModes()?.(file)).toBeNull();
  });
});

describe("createModeReader", () => {
  const OTHER = { canonical: false, echo: false };
  const terminal: ReadableTerminal = { path: "", fd: () => 0 };

  it("asks stty no more once both agree", async () => {
    const stty = vi.fn(async () => START_MODES);
    const native = vi.fn(() => START_MODES);
    const read = createModeReader(native, stty);
    expect(await read(terminal)).toEqual(START_MODES);
    native.mockReturnValue(OTHER);
    expect(await read(terminal)).toEqual(OTHER);
    expect(stty).toHaveBeenCalledTimes(1);
  });

  it("asks only stty from then on if it contradicts the native call", async () => {
    const native = vi.fn(() => OTHER);
    const read = createModeReader(native, async () => START_MODES);
    expect(await read(terminal)).toEqual(START_MODES);
    native.mockReturnValue(START_MODES);
    native.mockClear();
    expect(await read(terminal)).toEqual(START_MODES);
    expect(native).not.toHaveBeenCalled();
  });

  it("compares again if the program changed the modes meanwhile", async () => {
    const native = vi.fn(() => START_MODES).mockReturnValueOnce(OTHER);
    const stty = vi.fn(async () => START_MODES);
    const read = createModeReader(native, stty);
    for (let time = 0; time < 3; time++) expect(await read(terminal)).toEqual(START_MODES);
    expect(stty).toHaveBeenCalledTimes(2);
  });

  it("reads natively where there is no stty, and with stty where there is nothing native", async () => {
    expect(
      await createModeReader(
        () => OTHER,
        async () => "unreadable",
      )(terminal),
    ).toEqual(OTHER);
    expect(await createModeReader(null, async () => OTHER)(terminal)).toEqual(OTHER);
    expect(await createModeReader(null, async () => "unreadable")(terminal)).toBe("unreadable");
  });

  it("reads no descriptor of a terminal that was closed", async () => {
    const native = vi.fn(() => START_MODES);
    const read = createModeReader(native, async () => "unreadable");
    await read(terminal);
    native.mockClear();
    expect(await read({ path: "", fd: () => null })).toBe("unreadable");
    expect(native).not.toHaveBeenCalled();
  });
});

/** A terminal of a shell that has run a command; closed with the test. */
async function openTerminal(command: string) {
  const { fd, pid, pty } = loadNativePty().fork({
    file: "/bin/sh",
    args: ["-c", `${command}; exec sleep 60`],
    env: [`PATH=${process.env.PATH}`],
    cwd: "/",
    rows: 24,
    cols: 80,
    onExit: () => {},
  });
  onTestFinished(() => {
    process.kill(pid, "SIGKILL");
    closeSync(fd);
  });
  await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/cmdline`, "latin1")).toContain("sleep\0"));
  return { fd: () => fd, path: pty };
}
