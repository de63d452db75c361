import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CassetteError } from "@cassette/format";
import { SCHEMA_VERSION, TABLE_NAMES, type TableName } from "../schema/tables.js";

/** Marks a folder as tables. Other engines pass over names that begin with `_`. */
const SIGN = "_cassette-corpus.json";
/** Unfinished files, below the tables so that they can be renamed into them. */
export const STAGING = "_staging";
/** What Hive and its kin call the partition of an unknown value. */
export const NO_DATE = "__HIVE_DEFAULT_PARTITION__";

/** The parts of all tables, as paths. */
export type Parts = Readonly<Record<TableName, readonly string[]>>;

/**
 * Prepares a folder for tables.
 * @throws CassetteError CASSETTE_USAGE for a folder that holds anything else; CASSETTE_TABLES_INVALID for another version.
 */
export async function createTables(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  if (await areTables(dir)) return checkTables(dir);
  // Another shard may make them at the same time.
  if ((await readdir(dir)).some((name) => name !== SIGN && !name.startsWith("_")))
    throw new CassetteError("CASSETTE_USAGE", "The folder for the tables holds other files.", { file: dir });
  await writeFile(join(dir, SIGN), `${JSON.stringify({ version: SCHEMA_VERSION })}\n`);
}

/** Whether a folder holds tables. */
export async function areTables(dir: string): Promise<boolean> {
  const sign = await lstat(join(dir, SIGN)).catch(() => null);
  return sign?.isFile() === true;
}

/** @throws CassetteError CASSETTE_TABLES_INVALID unless the folder holds tables of this version. */
export async function checkTables(dir: string): Promise<void> {
  const text = (await areTables(dir)) ? await readFile(join(dir, SIGN), "utf8") : "";
  if (text.replace(/\s/g, "") === `{"version":${SCHEMA_VERSION}}`) return;
  throw new CassetteError("CASSETTE_TABLES_INVALID", "The folder does not hold tables of this version.", {
    file: dir,
    hint: "Make them with `cassette index PATH... -o DIR`.",
  });
}

/** The name of a part's file in each table. */
export function partName(stem: string): string {
  return `part-${stem}.parquet`;
}

/** The folder of a table's parts for one date; removals have none. */
export function folderOf(dir: string, table: TableName, date: string): string {
  return table === "removals" ? join(dir, table) : join(dir, table, `date=${date}`);
}

/**
 * Every part that is committed. A part of `recordings` is written last: files of other tables without one of the same name were left by
 * a run that was killed.
 * @throws CassetteError CASSETTE_TABLES_INVALID for a link or device in place of a file or folder.
 */
export async function listParts(dir: string): Promise<{ parts: Parts; orphans: string[] }> {
  await checkTables(dir);
  const found = await Promise.all(
    TABLE_NAMES.map(async (table) => [table, await partsOf(dir, table)] as const),
  );
  const all = Object.fromEntries(found) as unknown as Parts;
  const below = (path: string, table: string) => path.slice(join(dir, table).length);
  const committed = new Set(all.recordings.map((path) => below(path, "recordings")));
  const orphans: string[] = [];
  const kept = found.map(([table, paths]) => {
    if (table === "removals") return [table, paths] as const;
    const isKept = (path: string) => committed.has(below(path, table));
    orphans.push(...paths.filter((path) => !isKept(path)));
    return [table, paths.filter(isKept)] as const;
  });
  return { parts: Object.fromEntries(kept) as unknown as Parts, orphans };
}

async function partsOf(dir: string, table: TableName): Promise<string[]> {
  const folder = join(dir, table);
  const folders = table === "removals" ? [folder] : await entriesOf(folder, "folder");
  const files = await Promise.all(folders.map((path) => entriesOf(path, "file")));
  return files.flat().filter((path) => path.endsWith(".parquet"));
}

/** Paths in a folder, sorted; none if there is no folder. */
async function entriesOf(folder: string, kind: "file" | "folder"): Promise<string[]> {
  const entry = await lstat(folder).catch(() => null);
  if (entry === null) return [];
  if (!entry.isDirectory()) throw notPlain(folder);
  const paths: string[] = [];
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (kind === "file" ? !item.isFile() : !item.isDirectory()) throw notPlain(path);
    paths.push(path);
  }
  return paths.sort();
}

function notPlain(file: string): CassetteError {
  return new CassetteError("CASSETTE_TABLES_INVALID", "A link or another kind of file is among the tables.", {
    file,
  });
}
