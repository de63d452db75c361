/**
 * Reads `/…/flags`, or an expression without slashes.
 * @throws SyntaxError for an invalid regular expression.
 */
export function toRegExp(pattern: string): RegExp {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(pattern) ?? [];
  return source === undefined ? new RegExp(pattern) : new RegExp(source, flags);
}
