import { inflateSync } from "node:zlib";

/** Decodes what we encode, with Node's own decompression: pixels as `rrggbbaa`, row by row. @throws for anything else. */
export function decodePng(png: Uint8Array): { width: number; height: number; pixels: string[] } {
  const chunks = chunksOf(Buffer.from(png));
  const header = chunks.get("IHDR") ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = header[9] === 3 ? 1 : 4;
  const data = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  if (data.length !== height * (width * bytes + 1)) throw new Error("wrong length");
  const palette = chunks.get("PLTE");
  const alpha = chunks.get("tRNS");
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const row = Math.floor(at / width);
    const from = row * (width * bytes + 1) + 1 + (at % width) * bytes;
    if (!palette) return data.subarray(from, from + 4).toString("hex");
    const index = data[from] as number;
    return (
      palette.subarray(3 * index, 3 * index + 3).toString("hex") +
      (alpha?.[index] ?? 255).toString(16).padStart(2, "0")
    );
  });
  return { width, height, pixels };
}

function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}
