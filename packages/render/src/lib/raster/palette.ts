/** Colours of pixels, numbered in the order in which they occur. */
export interface Palette {
  /** The number of a pixel; -1 where there is no room for one more. */
  indexOf(pixel: number): number;
  /** Pixels by number. */
  readonly colors: readonly number[];
}

/** Places of the table: four times as many as there can be colours. */
const PLACES = 1_024;

/** @param most colours, at most 256. */
export function createPalette(most: number): Palette {
  const colors: number[] = [];
  // Open addressing: asked for each pixel, a Map is several times slower.
  const table = new Int16Array(PLACES).fill(-1);
  return {
    colors,
    indexOf(pixel) {
      let place = (Math.imul(pixel, 0x9e3779b1) >>> 22) & (PLACES - 1);
      let index = table[place] as number;
      while (index !== -1 && colors[index] !== pixel) {
        place = (place + 1) & (PLACES - 1);
        index = table[place] as number;
      }
      if (index === -1) {
        if (colors.length === most) return -1;
        index = colors.push(pixel) - 1;
        table[place] = index;
      }
      return index;
    },
  };
}
