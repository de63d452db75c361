/** The part of the library that is used; it has no types of its own. */
declare module "gifenc" {
  interface FrameOptions {
    palette: number[][];
    first?: boolean;
    /** Milliseconds. */
    delay: number;
    /** -1 once, 0 for ever, else times after the first. */
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
    colorDepth?: number;
  }
  interface Encoder {
    writeHeader(): void;
    writeFrame(indices: Uint8Array, width: number, height: number, options: FrameOptions): void;
    bytes(): Uint8Array<ArrayBuffer>;
    reset(): void;
  }
  export function GIFEncoder(options: { auto: boolean; initialCapacity?: number }): Encoder;
  export function quantize(rgba: Uint8Array, most: number): number[][];
  export function applyPalette(rgba: Uint8Array, palette: number[][]): Uint8Array<ArrayBuffer>;
}
