import { NAMED_QUERIES, openQuery } from "@cassette/corpus";
import { CassetteError } from "@cassette/format";
import { EXIT } from "../../output/exit-status.js";
import type { Streams } from "../../output/report-error.js";
import { createWriter } from "../../output/writer.js";
import { createRowPrinter, type RowFormat } from "./row-printer.js";

/** Options of `cassette query`, as the command line gives them. */
export interface QueryCommandOptions {
  named?: string;
  format: RowFormat;
  json?: boolean;
}

/** Runs a query over tables and prints its rows. */
export async function query(
  first: string,
  second: string | undefined,
  { named, format, json }: QueryCommandOptions,
  streams: Streams,
): Promise<number> {
  const writer = createWriter(streams.stdout);
  if (named === "help") {
    for (const [name, { about, sql }] of Object.entries(NAMED_QUERIES))
      await writer.line(`${name}: ${about}\n${sql}\n`);
    return EXIT.success;
  }
  const { sql, tables } = questionOf(first, second, named);
  using database = await openQuery(tables);
  const { columns, batches } = await database.run(sql);
  const printer = createRowPrinter(json ? "json" : format, columns);
  for await (const rows of batches) await writer.write(printer.print(rows));
  await writer.write(printer.finish());
  return EXIT.success;
}

function questionOf(
  first: string,
  second: string | undefined,
  named: string | undefined,
): { sql: string; tables: string } {
  if (named === undefined) {
    if (second !== undefined) return { sql: first, tables: second };
    throw new CassetteError("CASSETTE_USAGE", "The folder of the tables is missing.");
  }
  if (second !== undefined) throw new CassetteError("CASSETTE_USAGE", "With --named there is no SQL.");
  const query = Object.hasOwn(NAMED_QUERIES, named) ? NAMED_QUERIES[named] : undefined;
  if (query) return { sql: query.sql, tables: first };
  throw new CassetteError("CASSETTE_USAGE", "There is no query of this name.", {
    hint: `Names are ${Object.keys(NAMED_QUERIES).join(", ")}.`,
  });
}
