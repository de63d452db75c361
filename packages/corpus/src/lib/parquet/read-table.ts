import { CassetteError } from "@cassette/format";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import type { CellValue } from "../schema/tables.js";

/**
 * Reads some columns of a part, a row group at a time. Whole numbers come as numbers, times as milliseconds since 1970.
 * @throws CassetteError CASSETTE_TABLES_INVALID for a file that is not such a table.
 */
export async function* readPart(
  path: string,
  columns: readonly string[],
): AsyncGenerator<Record<string, CellValue>[]> {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows);
      const rows = await parquetReadObjects({ file, metadata, columns: [...columns], rowStart, rowEnd });
      yield rows.map(plainRow);
      rowStart = rowEnd;
    }
  } catch (cause) {
    throw new CassetteError("CASSETTE_TABLES_INVALID", "A file of the tables cannot be read.", {
      file: path,
      cause,
    });
  }
}

function plainRow(row: Record<string, unknown>): Record<string, CellValue> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: unknown): CellValue {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.getTime();
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
