/** Height of a window's bar in rows of the screen. */
export const BAR_ROWS = 4 / 3;

/** Its buttons, `r<<16 | g<<8 | b`. */
export const BUTTONS = [0xff5f57, 0xfebc2e, 0x28c840];

/** Columns that buttons and the space across from them take. */
const TAKEN = 14;

/** What of a title fits into the bar of a window; empty where nothing sensible does. */
export function shortTitle(title: string, cols: number): string {
  const room = cols - TAKEN;
  const characters = Array.from(title);
  if (characters.length <= room) return title;
  return room < 4 ? "" : `${characters.slice(0, room - 1).join("")}…`;
}
