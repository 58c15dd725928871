import { Socket, type NetConnectOpts } from "node:net";

/** A connection to clamd that is good for one command. */
export interface ClamdConnection {
  /** clamd's answer, without its closing NUL; `undefined` when the connection ends before, or never came about. */
  readonly answer: Promise<string | undefined>;
  /** Resolves when there is room for more, or when the connection has ended, of which `answer` tells. */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

// The longest answer names a signature; whoever says more is no clamd.
const maxAnswerLength = 4096;

/**
 * A socket that a failed write does not destroy. clamd answers a stream that is too long, and hangs up on what it did not
 * read: the next write fails while the answer waits to be read. The reading side tells of the end by itself.
 */
class AnswerSocket extends Socket {
  override _write(chunk: unknown, encoding: BufferEncoding, done: () => void): void {
    super._write(chunk, encoding, () => done());
  }
}

/** Opens a connection; whatever goes wrong with it shows in the answer. */
export function openConnection(address: NetConnectOpts): ClamdConnection {
  const socket = new AnswerSocket().connect(address);
  const answer = new Promise<string | undefined>((resolve) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      const end = text.indexOf("\0");
      if (end !== -1) resolve(text.slice(0, end));
      else if (text.length > maxAnswerLength) socket.destroy();
    });
    socket.on("error", () => {}).on("close", () => resolve(undefined));
  });
  return {
    answer,
    write: (bytes) =>
      new Promise((resolve) => {
        socket.write(bytes, () => resolve());
      }),
    close: () => socket.destroy(),
  };
}
