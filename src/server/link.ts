import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';

/** As much may lie unsent before the next message is read, in bytes. */
const MOST_UNSENT = 1024 * 1024;
/** How long the other end has for its goodbye, ms. */
export const GOODBYE_MS = 2_000;

/** A socket with what is under way on it. What is sent waits until the kernel took it: a slow reader holds up itself. */
export class Link {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** The ids of the operations that have not ended, those that nobody wants any more among them. */
  readonly running = new Set<string>();
  /** Whether the first message was as it must be; nothing is answered before. */
  isAdmitted = false;
  #begun = 0;
  #ended = 0;
  #next: PromiseWithResolvers<void> | undefined;

  constructor(socket: WebSocket, request: IncomingMessage) {
    this.socket = socket;
    this.request = request;
    socket.once('close', () => this.#tell());
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Whether something that was sent still waits for the other end to read. */
  get isBehind(): boolean {
    return this.#begun > this.#ended;
  }

  /** How many messages the kernel took; it stands still while the other end takes nothing. */
  get taken(): number {
    return this.#ended;
  }

  /** Resolves when the kernel took the message, or nobody will. */
  send(message: string): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    this.#begun += 1;
    return new Promise((resolve) => {
      this.socket.send(message, () => {
        this.#ended += 1;
        this.#tell();
        resolve();
      });
    });
  }

  /** Resolves when little enough is unsent to read on, or the socket closes. */
  async drained(): Promise<void> {
    while (this.isOpen && this.isBehind && this.socket.bufferedAmount > MOST_UNSENT) {
      this.#next ??= Promise.withResolvers<void>();
      await this.#next.promise;
    }
  }

  /** Says goodbye, and does not wait long for the answer. */
  close(code?: number, reason?: string): void {
    const force = setTimeout(() => this.socket.terminate(), GOODBYE_MS);
    this.socket.once('close', () => clearTimeout(force));
    this.socket.close(code, reason);
  }

  #tell(): void {
    this.#next?.resolve();
    this.#next = undefined;
  }
}
