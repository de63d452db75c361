/** Options of `cassette play`, as the command line gives them. Times are in milliseconds. */
export interface PlayOptions {
  /** "scaled" is "realtime" at another speed. */
  mode: "realtime" | "scaled" | "collapsed";
  /** Times as fast as recorded. */
  speed: number;
  /** Longer pauses are cut to this. Default: the cassette's own hint. */
  idleMs?: number;
  loop?: boolean;
  pauseOnMarks?: boolean;
  /** Ask the terminal to be as large as the recorded one. */
  resize?: boolean;
  from?: number;
  to?: number;
  /** Pass the recorded bytes on. */
  raw?: boolean;
}
