/** What the driver sends, from the moment this was made. */
export interface DriverInput {
  /** Resolves when something has come; tells why nothing will. */
  next(timeoutMs: number): Promise<"came" | "silent" | "gone">;
  stop(): void;
}

/**
 * Takes the driver's input as it comes, so that none is lost before it is asked for.
 * @param arrive given every piece.
 */
export function takeDriverInput(stdin: NodeJS.ReadStream, arrive: (bytes: Uint8Array) => void): DriverInput {
  let fresh = false;
  let gone = false;
  let wake = () => {};
  const onData = (bytes: Buffer) => {
    arrive(bytes);
    fresh = true;
    wake();
  };
  const onGone = () => {
    gone = true;
    wake();
  };
  stdin.on("data", onData).on("end", onGone).on("error", onGone);
  process.on("SIGHUP", onGone);
  return {
    async next(timeoutMs) {
      if (!fresh && !gone) await pause(timeoutMs, (resume) => (wake = resume));
      if (fresh) {
        fresh = false;
        return "came";
      }
      return gone ? "gone" : "silent";
    },
    stop() {
      process.off("SIGHUP", onGone);
      stdin.off("data", onData).off("end", onGone);
      // A read that is under way would keep the process.
      stdin.pause().unref?.();
    },
  };
}

function pause(timeoutMs: number, onReady: (resume: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    onReady(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
