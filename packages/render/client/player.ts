import type { Recording } from "./recording.js";

/** A place in a recording that moves with time. Emits `change` whenever another screen or time is shown, `state` on play and pause. */
export class Player extends EventTarget {
  readonly recording: Recording;
  /** Milliseconds of the recording. */
  time = 0;
  speed = 1;
  /** Longer pauses are cut to this while playing; null for none. */
  maxIdle: number | null;
  #frame: number | null = null;
  #last = 0;

  constructor(recording: Recording) {
    super();
    this.recording = recording;
    this.maxIdle = recording.header.maxIdleMs;
  }

  get isPlaying(): boolean {
    return this.#frame !== null;
  }

  /** Number of the screen that is shown. */
  get position(): number {
    return this.recording.at(this.time);
  }

  seek(time: number): void {
    this.time = Math.min(Math.max(0, time), this.recording.duration);
    this.dispatchEvent(new Event("change"));
  }

  /** Goes to a screen by its number. */
  show(position: number): void {
    const { screens } = this.recording;
    const screen = screens[Math.min(Math.max(0, position), screens.length - 1)];
    if (screen) this.seek(screen.t);
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  play(): void {
    if (this.isPlaying) return;
    if (this.time >= this.recording.duration) this.seek(0);
    this.#last = performance.now();
    this.#frame = requestAnimationFrame((now) => this.#advance(now));
    this.dispatchEvent(new Event("state"));
  }

  pause(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.dispatchEvent(new Event("state"));
  }

  #advance(now: number): void {
    const passed = Math.max(0, now - this.#last) * this.speed;
    this.#last = now;
    this.seek(this.#cutPause(this.time + passed));
    if (this.time >= this.recording.duration) this.pause();
    else this.#frame = requestAnimationFrame((next) => this.#advance(next));
  }

  /** Skips the rest of a pause that has lasted long enough. */
  #cutPause(time: number): number {
    const { screens, duration } = this.recording;
    const at = this.recording.at(time);
    const since = screens[at]?.t ?? 0;
    const next = screens[at + 1]?.t ?? duration;
    return this.maxIdle !== null && time - since > this.maxIdle ? Math.max(time, next) : time;
  }
}
