const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** A size in decimal units: `999 bytes`, `1.2 MB`. */
export function humanSize(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1_000 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  return unit === 0 ? `${bytes} bytes` : `${value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}
