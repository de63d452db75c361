/** Callbacks for the user's terminal around a stop. */
export interface JobEvents {
  /** The shell gets the terminal. */
  onLeave(): void;
  /** The recorder continues. @param wasLeft false after SIGSTOP, before which the terminal cannot be left. */
  onReturn(wasLeft: boolean): void;
  /** There is no shell that could stop the recorder and continue it; the terminal stays left. */
  onAlone(): void;
}

/** The recorder as a job of the shell that it was started from. */
export interface JobControl {
  /** Stops the recorder, with the other processes of its job, until the shell continues them. */
  stop(): void;
  /** Takes back a terminal that was left and that no shell has taken. */
  resume(): void;
  /** Whether the terminal is left. */
  readonly isAway: boolean;
  close(): void;
}

/** A stop takes effect at once; where it does not, it is ignored. */
const STOPPING_MS = 50;

/** Handles the signals of job control: a recorder that is stopped leaves the terminal first. */
export function createJobControl({ onLeave, onReturn, onAlone }: JobEvents): JobControl {
  let isAway = false;
  let timer: NodeJS.Timeout | undefined;

  function leave(): void {
    if (!isAway) onLeave();
    isAway = true;
  }

  function returned(): void {
    clearTimeout(timer);
    process.off("SIGTSTP", onStop).on("SIGTSTP", onStop);
    const wasLeft = isAway;
    isAway = false;
    onReturn(wasLeft);
  }

  const onStop = () => {
    leave();
    process.kill(process.pid, "SIGSTOP");
  };

  // The system ignores SIGTSTP without job control. After a real stop, SIGCONT is handled first.
  const lookWhetherIgnored = () =>
    setImmediate(() => {
      if (!isAway) return;
      process.off("SIGTSTP", onStop).on("SIGTSTP", onStop);
      onAlone();
    });

  process.on("SIGTSTP", onStop);
  process.on("SIGCONT", returned);
  return {
    stop() {
      leave();
      // With our handler installed the signal would not stop the process.
      process.off("SIGTSTP", onStop);
      process.kill(0, "SIGTSTP");
      timer = setTimeout(lookWhetherIgnored, STOPPING_MS);
    },
    resume() {
      if (isAway) returned();
    },
    get isAway() {
      return isAway;
    },
    close() {
      clearTimeout(timer);
      process.off("SIGTSTP", onStop);
      process.off("SIGCONT", returned);
    },
  };
}
