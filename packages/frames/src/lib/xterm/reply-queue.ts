/** Replies waiting to be sent. */
export interface ReplyQueue {
  add(text: string): void;
  /** Empties the queue. */
  take(): Uint8Array[];
}

/** Bytes that may wait. More than any program asks for at once, and little beside what it wrote to ask for more. */
const MOST_BYTES = 16_384;

/** Makes a queue that refuses what would not fit. */
export function createReplyQueue(): ReplyQueue {
  const encoder = new TextEncoder();
  let replies: Uint8Array[] = [];
  let bytes = 0;
  return {
    add(text) {
      if (text === "" || bytes + text.length > MOST_BYTES) return;
      const reply = encoder.encode(text);
      bytes += reply.length;
      replies.push(reply);
    },
    take() {
      const taken = replies;
      replies = [];
      bytes = 0;
      return taken;
    },
  };
}
