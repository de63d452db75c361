import type { KnownModes, PtyExit, TerminalSize } from "@cassette/format";

/** The bytes of one read, or why there were none: nothing to read yet, or no process has the other end open. */
export type ReadResult = Uint8Array | "empty" | "hungup" | "error";

/** Callbacks of a device. */
export interface DeviceListener {
  /** Receives one read; returns false to pause until {@link Device.resume}. */
  onBytes(bytes: Uint8Array): boolean;
  /** Reading ended for now; {@link Device.readNow} shows whether for good. */
  onHangup(): void;
}

/** The interface of a terminal and its program that a session needs; implemented by a real and a fake one. */
export interface Device {
  readonly pid: number;
  /** How the program ended, once it has. */
  readonly exited: Promise<PtyExit>;
  /** Begins to deliver output. */
  listen(listener: DeviceListener): void;
  pause(): void;
  resume(): void;
  /** One read without waiting. Only while paused or after a hang-up. */
  readNow(): ReadResult;
  /** Offers bytes to the terminal; returns how many it took, 0 when it is full. */
  write(bytes: Uint8Array): number;
  resize(size: TerminalSize): void;
  /** The line discipline's flags. */
  modes(): Promise<KnownModes>;
  /** Sends a signal to the program's process group; false when there is none any more. */
  signal(name: NodeJS.Signals): boolean;
  readonly processes: ProcessGroup;
  /** Releases the terminal. No method may be called afterwards. */
  close(): void;
}

/** The processes of a device's terminal. */
export interface ProcessGroup {
  /** Ids of the processes of the terminal's session that are alive. */
  members(): Promise<number[]>;
  /** Ids of living processes that descend from the program but left its session, or still have the terminal open. */
  strays(): Promise<number[]>;
  /** Signals every member. */
  signal(name: NodeJS.Signals, pids: readonly number[]): void;
}
