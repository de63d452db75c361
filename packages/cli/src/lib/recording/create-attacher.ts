import { systemClock } from "@cassette/core";
import type { Attachment, LiveRecording } from "@cassette/terminal";
import type { UserTerminal } from "./attached-terminal.js";
import type { ServiceEvents } from "./service-events.js";
import { createInputForwarder } from "./standard-input/forward-input.js";
import { createInputReadiness, lookAtProgram } from "./standard-input/input-readiness.js";
import type { StandardInput } from "./standard-input/open-standard-input.js";
import { watchStoppedProcesses } from "./watch-stopped-processes.js";

/** What takes part in a recording besides the program. */
export interface AttachedParts {
  /** The terminal at which the user uses the program. */
  userTerminal?: UserTerminal;
  /** Data that the program reads, where no terminal is attached. */
  data?: StandardInput;
  /** What the program around the recording has to say meanwhile. */
  serviceEvents?: ServiceEvents;
  /** Takes a sentence about something unusual, for the user. */
  warn: (sentence: string) => void;
}

/** Attaches the parts to one recording. */
export interface Attacher {
  attach(live: LiveRecording): Attachment;
  /** Lines of the service events that were no JSON. */
  readonly refusedEvents: number;
}

/** Makes an attacher. */
export function createAttacher({ userTerminal, data, serviceEvents, warn }: AttachedParts): Attacher {
  let refusedEvents = 0;
  return {
    get refusedEvents() {
      return refusedEvents;
    },
    attach(live) {
      const { session } = live;
      const attached = userTerminal?.attach(live);
      const forwarder = data && forward(data, live, warn);
      const onStopped = (pids: readonly number[]) => {
        if (attached) attached.stopsChanged(pids);
        else if (pids.length > 0) warn(stopped(pids));
      };
      return {
        ...attached,
        ...(forwarder && { show: async (bytes) => forwarder.printed(bytes) }),
        async run(signal) {
          const following = serviceEvents?.follow(live.serviceEvent, signal);
          await Promise.all([
            watchStoppedProcesses(session.pid, onStopped, signal),
            forwarder?.run(signal).finally(data?.leave),
          ]);
          refusedEvents = (await following) ?? 0;
        },
      };
    },
  };
}

function forward(input: StandardInput, { session }: LiveRecording, warn: AttachedParts["warn"]) {
  const readiness = createInputReadiness(() => lookAtProgram(session.pid), systemClock);
  return createInputForwarder({ session, readiness, input, warn });
}

function stopped(pids: readonly number[]): string {
  return `The program is stopped: \`kill -CONT ${pids.join(" ")}\` continues it, Ctrl-C ends the recording.`;
}
