import { type Loss, openTerminalRecording, writeAsciicast } from "@cassette/convert";

export async function toVersion3(path: string): Promise<{ text: string; losses: Loss[] }> {
  const recording = await openTerminalRecording(path, { format: "ttyrec" });
  // @ts-expect-error: version 1 is only read
  writeAsciicast(recording, { version: 1 });
  const { pieces, losses } = writeAsciicast(recording, { version: 3, input: true });
  let text = "";
  for await (const piece of pieces()) text += piece;
  return { text, losses: losses.list() };
}
