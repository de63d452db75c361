import type { ProcessGroup } from "./device.js";
import { findHolders, type ProcessEntry, readProcessTable } from "./process-table.js";

/**
 * The processes of a program: its session, which ends with the terminal, and those that have left it.
 * @param leader process id of the program, which leads the session.
 * @param terminal path of the slave side.
 * @param hasExited whether the program itself has been reaped, so that its id may be reused.
 */
export function createProcessGroup(leader: number, terminal: string, hasExited: () => boolean): ProcessGroup {
  const descendants = new Map<number, string>();

  /** Remembers the descendants of the program: once its parent is gone, a process's origin is unknown. */
  function note(table: readonly ProcessEntry[]): void {
    const parents = new Set([leader, ...descendants.keys()]);
    let before: number;
    do {
      before = parents.size;
      for (const entry of table) {
        if (!parents.has(entry.parent) && !entry.member) continue;
        parents.add(entry.pid);
        descendants.set(entry.pid, entry.birth);
      }
    } while (parents.size > before);
  }

  return {
    async members() {
      const table = await readProcessTable({ leader, terminal });
      // An id is not reused while its session lives; so if it was reused, the session is gone.
      if (hasExited() && table.some(({ pid }) => pid === leader)) return [];
      note(table);
      // Right after the fork the program does not lead its session yet.
      return table.filter(({ pid, member }) => member || pid === leader).map(({ pid }) => pid);
    },
    async strays() {
      const table = await readProcessTable({ leader, terminal });
      const holders = new Set(findHolders(terminal));
      return table
        .filter(
          ({ pid, birth }) => pid !== process.pid && (descendants.get(pid) === birth || holders.has(pid)),
        )
        .map(({ pid }) => pid);
    },
    signal(name, pids) {
      for (const pid of pids) sendSignal(pid, name);
    },
  };
}

/** Returns false when there is no process to signal; a negative id means the process group. */
export function sendSignal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
