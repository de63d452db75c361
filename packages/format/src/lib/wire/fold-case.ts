/** Folds case as Go's decoder does when it matches keys (U+212A and U+017F included). */
export function foldCase(key: string): string {
  return key.toUpperCase().toLowerCase();
}
