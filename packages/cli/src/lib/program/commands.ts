import type { Command } from "../commander/commander.js";
import type { CommandContext } from "../commander/context.js";

/** Declares a command. */
type Declare = (context: CommandContext) => Command;

/** A command of the program, whose declaration is loaded on demand. */
export interface CommandEntry {
  /** Its name and its aliases. */
  names: readonly [string, ...string[]];
  load: () => Promise<Declare>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    names: ["record", "rec"],
    load: async () => (await import("../commands/record/command.js")).recordCommand,
  },
  { names: ["play"], load: async () => (await import("../commands/play/command.js")).playCommand },
  { names: ["view"], load: async () => (await import("../commands/view/command.js")).viewCommand },
  { names: ["info"], load: async () => (await import("../commands/info/command.js")).infoCommand },
  { names: ["verify"], load: async () => (await import("../commands/verify/command.js")).verifyCommand },
  { names: ["events"], load: async () => (await import("../commands/events/command.js")).eventsCommand },
  { names: ["frames"], load: async () => (await import("../commands/frames/command.js")).framesCommand },
  { names: ["cat"], load: async () => (await import("../commands/cat/command.js")).catCommand },
  {
    names: ["convert"],
    load: async () => (await import("../commands/convert/command.js")).convertCommand,
  },
  { names: ["trim"], load: async () => (await import("../commands/trim/command.js")).trimCommand },
  { names: ["join"], load: async () => (await import("../commands/join/command.js")).joinCommand },
  {
    names: ["rerender"],
    load: async () => (await import("../commands/rerender/command.js")).rerenderCommand,
  },
  { names: ["script"], load: async () => (await import("../commands/script/command.js")).scriptCommand },
  { names: ["grep"], load: async () => (await import("../commands/grep/command.js")).grepCommand },
  { names: ["diff"], load: async () => (await import("../commands/diff/command.js")).diffCommand },
  { names: ["index"], load: async () => (await import("../commands/index/command.js")).indexCommand },
  { names: ["query"], load: async () => (await import("../commands/query/command.js")).queryCommand },
  { names: ["prune"], load: async () => (await import("../commands/prune/command.js")).pruneCommand },
  { names: ["scrub"], load: async () => (await import("../commands/scrub/command.js")).scrubCommand },
  { names: ["recover"], load: async () => (await import("../commands/recover/command.js")).recoverCommand },
  { names: ["test"], load: async () => (await import("../commands/test/command.js")).testCommand },
  { names: ["doctor"], load: async () => (await import("../commands/doctor/command.js")).doctorCommand },
  { names: ["stub"], load: async () => (await import("../commands/stub/command.js")).stubCommand },
];
