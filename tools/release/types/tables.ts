import { type IndexOutcome, indexRecordings, openQuery } from "@cassette/corpus";

export async function failures(recordings: string, tables: string): Promise<unknown[][]> {
  // @ts-expect-error: tables need a folder
  await indexRecordings([recordings], {});
  const outcome: IndexOutcome = await indexRecordings([recordings], {
    tables,
    shard: { index: 1, count: 8 },
  });
  if (outcome.refused > 0) return [];
  using database = await openQuery(tables);
  const { batches } = await database.run("SELECT path FROM recordings WHERE failed");
  const rows: unknown[][] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}
