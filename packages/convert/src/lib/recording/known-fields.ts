/** Fields of which those that are undefined were left out. */
type Known<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Leaves out the fields that are undefined: of what is not known, no name is written. */
export function knownFields<T extends object>(fields: T): Known<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Known<T>;
}

/** A map that has a field, or a list that has an item; undefined for an empty one. */
export function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}
