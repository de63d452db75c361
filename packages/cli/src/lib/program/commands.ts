import type { Command } from "./commander.js";
import type { CommandContext } from "./context.js";

/** Declares a command. */
type Declare = (context: CommandContext) => Command;

/** A command of the program, whose declaration is loaded where it is needed. */
export interface CommandEntry {
  /** Its name and its aliases. */
  names: readonly [string, ...string[]];
  load: () => Promise<Declare>;
}

/** All commands, as the help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  { names: ["record", "rec"], load: async () => (await import("./record.js")).recordCommand },
  { names: ["play"], load: async () => (await import("./play.js")).playCommand },
  { names: ["info"], load: async () => (await import("./info.js")).infoCommand },
  { names: ["verify"], load: async () => (await import("./verify.js")).verifyCommand },
  { names: ["events"], load: async () => (await import("./events.js")).eventsCommand },
  { names: ["frames"], load: async () => (await import("./frames.js")).framesCommand },
  { names: ["cat"], load: async () => (await import("./cat.js")).catCommand },
  { names: ["grep"], load: async () => (await import("./grep.js")).grepCommand },
  { names: ["diff"], load: async () => (await import("./diff.js")).diffCommand },
  { names: ["scrub"], load: async () => (await import("./scrub.js")).scrubCommand },
  { names: ["recover"], load: async () => (await import("./recover.js")).recoverCommand },
  { names: ["test"], load: async () => (await import("./test.js")).testCommand },
  { names: ["doctor"], load: async () => (await import("./doctor.js")).doctorCommand },
  { names: ["stub"], load: async () => (await import("./stub.js")).stubCommand },
];
