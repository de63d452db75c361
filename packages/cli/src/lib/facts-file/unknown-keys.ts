/** A valibot schema with two fields that its type does not declare: what an optional one wraps, and an object's entries. */
type Schema = object;

/** The paths of all keys that a schema's strict objects do not allow. */
export function unknownPaths(schema: Schema, value: unknown, path: readonly string[] = []): string[][] {
  const entries = entriesOf(schema);
  if (entries === undefined || typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key];
    const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return known ? unknownPaths(known, inner, at) : [at];
  });
}

/** The keys that the object at a path may have. */
export function knownKeys(schema: Schema, path: readonly (string | number)[]): string[] {
  const entries = entriesOf(schema) ?? {};
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(entries);
  return knownKeys(entries[key] ?? {}, rest);
}

/** The keys of a strict object and their schemas; undefined for any other schema. */
function entriesOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const { wrapped, entries } = schema as { wrapped?: Schema; entries?: Readonly<Record<string, Schema>> };
  return wrapped ? entriesOf(wrapped) : entries;
}
