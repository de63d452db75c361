import type { Screen } from "@cassette/format";
import { animateSvg, parseTheme, renderGif, renderPng, renderSvg, type Theme } from "@cassette/render";

export const theme: Theme = parseTheme("{}");

export async function pictures(screen: Screen): Promise<Uint8Array[]> {
  const svg: string = renderSvg(screen, { theme: "auto", prefix: "a" });
  // @ts-expect-error: pixels cannot follow the reader's colour scheme
  const png = await renderPng(screen, { theme: "auto" });
  const moving = await animateSvg([{ screen, durationMs: 100 }], { theme: "nord", loop: 1 });
  const pieces = [png, Buffer.from(svg + moving)];
  for await (const piece of renderGif([{ screen, durationMs: 100 }], { theme })) pieces.push(piece);
  return pieces;
}
