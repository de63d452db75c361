import { createRequire } from "node:module";
import type { TerminalModes } from "@cassette/format";

/** Reads the modes of an open terminal; null if the system refuses. */
export type NativeModes = (fd: number) => TerminalModes | null;

/** Where `struct termios` has its local flags, and which bits are meant. */
interface Layout {
  /** In bytes; the flags are read as 32 bits, lowest first. */
  readonly offset: number;
  readonly canonical: number;
  readonly echo: number;
}

/** Linux has another layout on MIPS, PowerPC and SPARC, and another byte order on s390x. */
const LINUX: Layout = { offset: 12, canonical: 0o2, echo: 0o10 };
const LAYOUTS: { readonly [platform in NodeJS.Platform]?: { readonly [arch: string]: Layout } } = {
  linux: { x64: LINUX, arm64: LINUX, arm: LINUX, ia32: LINUX, riscv64: LINUX, loong64: LINUX },
  darwin: {
    x64: { offset: 24, canonical: 0x100, echo: 0x8 },
    arm64: { offset: 24, canonical: 0x100, echo: 0x8 },
  },
};

/** More than any system's `struct termios` takes. */
const TERMIOS_BYTES = 256;

/**
 * Loads `tcgetattr` through koffi, which calls functions of C libraries. It takes 2 µs where `stty` takes a process, and
 * reads a pseudo-terminal from its master side, where stty has to open the other.
 * @returns null where koffi is not installed or the system's layout is not known.
 */
export function loadNativeModes(): NativeModes | null {
  const layout = LAYOUTS[process.platform]?.[process.arch];
  const tcgetattr = layout && loadTcgetattr();
  if (!layout || !tcgetattr) return null;
  const termios = Buffer.alloc(TERMIOS_BYTES);
  return (fd) => {
    if (tcgetattr(fd, termios) !== 0) return null;
    const flags = termios.readUInt32LE(layout.offset);
    return { canonical: (flags & layout.canonical) !== 0, echo: (flags & layout.echo) !== 0 };
  };
}

type Tcgetattr = (fd: number, termios: Uint8Array) => number;

function loadTcgetattr(): Tcgetattr | null {
  try {
    // Resolved from this package, whose peer koffi is, even if this file is bundled into another one.
    const require = createRequire(createRequire(import.meta.url).resolve("@cassette/pty/package.json"));
    return require("koffi").load(null).func("int tcgetattr(int fd, _Out_ uint8_t *termios)");
  } catch {
    // Not installed, or without a binary for this system.
    return null;
  }
}
