/** Replies waiting to be sent. */
export interface ReplyQueue {
  add(text: string): void;
  /** Whether an answer may cost so much work, in cells that are read, before the next ones are taken. */
  allow(work: number): boolean;
  /** Empties the queue. */
  take(): Uint8Array[];
}

/** Bytes that may wait. More than any program requests at once, and little beside the queries needed to exceed it. */
const MOST_BYTES = 16_384;

/** Cells that may be read for answers until these are taken. */
const MOST_WORK = 4_000_000;

/** Makes a queue that refuses what would not fit. */
export function createReplyQueue(): ReplyQueue {
  const encoder = new TextEncoder();
  let replies: Uint8Array[] = [];
  let bytes = 0;
  let work = 0;
  return {
    add(text) {
      if (text === "" || bytes + text.length > MOST_BYTES) return;
      const reply = encoder.encode(text);
      bytes += reply.length;
      replies.push(reply);
    },
    allow(more) {
      if (bytes >= MOST_BYTES || work + more > MOST_WORK) return false;
      work += more;
      return true;
    },
    take() {
      const taken = replies;
      replies = [];
      bytes = 0;
      work = 0;
      return taken;
    },
  };
}
