import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { folderOf, NO_DATE, partName, STAGING } from "../layout/layout.js";
import { createTableWriter, type TableWriter } from "../parquet/parquet-writer.js";
import { type Row, TABLE_NAMES, type TableName } from "../schema/tables.js";

/** A part ends when its texts reach this many characters. */
const PART_CHARS = 64 * 2 ** 20;

/** Writes rows into parts, one for each date and size, and commits each as a whole. */
export interface PartWriter {
  /** Rows from now on belong to this date; ends the part of another date. */
  begin(date: string | null): void;
  add(table: TableName, row: Row): void;
  /** Ends the part if it is large enough. */
  endIfLarge(): void;
  /** Ends the part, if there is one. */
  end(): void;
}

interface Part {
  date: string;
  stem: string;
  staging: string;
  writers: Map<TableName, TableWriter>;
}

/**
 * Makes a writer of parts.
 * @param dir the tables.
 * @param stem begins the names of the parts; no other writer may use it.
 */
export function createPartWriter(dir: string, stem: string): PartWriter {
  let part: Part | null = null;
  let count = 0;
  const end = () => {
    if (part) commit(dir, part);
    part = null;
  };
  return {
    begin(given) {
      const date = given ?? NO_DATE;
      if (part?.date !== date) end();
      part ??= openPart(dir, date, `${stem}-${String(++count).padStart(4, "0")}`);
    },
    add(table, row) {
      if (part === null) throw new TypeError("No part was begun.");
      writerOf(part, table).add(row);
    },
    endIfLarge() {
      let size = 0;
      for (const writer of part?.writers.values() ?? []) size += writer.size;
      if (size > PART_CHARS) end();
    },
    end,
  };
}

function openPart(dir: string, date: string, stem: string): Part {
  const staging = join(dir, STAGING, stem);
  mkdirSync(staging, { recursive: true });
  return { date, stem, staging, writers: new Map() };
}

function writerOf({ writers, staging }: Part, table: TableName): TableWriter {
  const open = writers.get(table) ?? createTableWriter(join(staging, `${table}.parquet`), table);
  writers.set(table, open);
  return open;
}

/** Gives the files their names, `recordings` last: until then no reader takes the others. */
function commit(dir: string, { date, stem, staging, writers }: Part): void {
  for (const writer of writers.values()) writer.finish();
  const isEmpty = !writers.has("recordings") && !writers.has("removals");
  for (const table of TABLE_NAMES) {
    if (isEmpty || !writers.has(table)) continue;
    const from = join(staging, `${table}.parquet`);
    const target = join(folderOf(dir, table, date), partName(stem));
    sync(from);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(from, target);
    sync(dirname(target));
  }
  rmSync(staging, { recursive: true, force: true });
}

function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
