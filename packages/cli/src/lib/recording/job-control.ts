/** What is done to a person's terminal around a stop. */
export interface JobEvents {
  /** The terminal is the shell's. */
  onLeave(): void;
  /** The recorder goes on. @param wasLeft false after a stop by force, before which nothing can be left. */
  onReturn(wasLeft: boolean): void;
  /** There is no shell that could stop the recorder and continue it; the terminal stays left. */
  onAlone(): void;
}

/** The recorder as a job of the shell that it was started from. */
export interface JobControl {
  /** Stops the recorder, with the other processes of its job, until the shell continues them. */
  stop(): void;
  /** Returns to a terminal that was left and that no shell has taken. */
  resume(): void;
  /** The terminal is left. */
  readonly isAway: boolean;
  close(): void;
}

/** A stop takes effect at once; where it does not, it is ignored. */
const STOPPING_MS = 50;

/** Heeds the signals of job control: a recorder that is stopped leaves the terminal first. */
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

  // The system ignores SIGTSTP where no shell is in control. After a true stop, the signal that ended it is handled first.
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
      // With our handler in place the signal would not stop anything.
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
