import type { KnownModes, PtyExit, TerminalSize } from "@cassette/format";

/** Bytes read at once, or why there were none: nothing to read yet, or no process holds the other end. */
export type ReadResult = Uint8Array | "empty" | "hungup" | "error";

/** What a device calls while it is listened to. */
export interface DeviceListener {
  /** Takes one read; returns false to be called no more until {@link Device.resume}. */
  onBytes(bytes: Uint8Array): boolean;
  /** Reading ended for now; ask {@link Device.readNow} whether for good. */
  onHangup(): void;
}

/** The little that a session needs of a terminal and the program on it; a real one and a fake one exist. */
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
  /** Gives the terminal back. Nothing may be called afterwards. */
  close(): void;
}

/** The processes that live on a device's terminal. */
export interface ProcessGroup {
  /** Ids of the processes of the terminal's session that are alive. */
  members(): Promise<number[]>;
  /** Ids of living processes that came from the program but left its session, or still hold the terminal. */
  strays(): Promise<number[]>;
  /** Signals every member. */
  signal(name: NodeJS.Signals, pids: readonly number[]): void;
}
