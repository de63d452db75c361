import type { Device } from "./device.js";
import type { Timers } from "./timers.js";

export interface Termination {
  device: Device;
  timers: Timers;
  /** Milliseconds that the processes have to end by themselves after the hang-up. */
  graceMs: number;
  /** Called for every signal that is sent. */
  onSignal: (name: NodeJS.Signals) => void;
}

const LOOK_MS = 10;
const MAX_LOOK_MS = 100;
/** Milliseconds that the kernel may take to remove killed processes. */
const FORCE_MS = 2_000;

export interface TerminationReport {
  /** Whether SIGKILL was needed. */
  forced: boolean;
  /** Processes of the session that survived SIGKILL. */
  members: number[];
}

/**
 * Ends every process of the session: hang-up (and continue, for the stopped), a grace, then force. Processes that
 * have left the session are not touched.
 */
export async function terminate({
  device,
  timers,
  graceMs,
  onSignal,
}: Termination): Promise<TerminationReport> {
  const { processes } = device;
  let members = await processes.members();
  if (members.length === 0) return { forced: false, members };
  onSignal("SIGHUP");
  processes.signal("SIGHUP", members);
  processes.signal("SIGCONT", members);
  members = await waitForNone(device, timers, graceMs);
  const forced = members.length > 0;
  if (forced) {
    onSignal("SIGKILL");
    processes.signal("SIGKILL", members);
    members = await waitForNone(device, timers, FORCE_MS, (born) => processes.signal("SIGKILL", born));
  }
  return { forced, members };
}

async function waitForNone(
  device: Device,
  timers: Timers,
  limitMs: number,
  onLeft: (members: readonly number[]) => void = () => {},
): Promise<number[]> {
  let expired = false;
  const cancel = timers.after(limitMs, () => {
    expired = true;
  });
  try {
    for (let lookMs = LOOK_MS; ; lookMs = Math.min(lookMs * 2, MAX_LOOK_MS)) {
      const members = await device.processes.members();
      if (members.length === 0 || expired) return members;
      onLeft(members);
      await timers.pause(lookMs);
    }
  } finally {
    cancel();
  }
}
