import { Worker } from "node:worker_threads";

/** How a pool treats its workers. */
export interface WorkerPoolOptions {
  readonly file: URL;
  /** At most this many workers at once; further calls wait their turn. */
  readonly maxWorkers: number;
  /** A worker without work for this long is ended, which gives its memory back. */
  readonly idleMs: number;
  /** A call that works longer than this loses its worker; waiting does not count. */
  readonly deadlineMs: number;
  /** The error for such a call. */
  readonly late: (request: unknown) => Error;
  /** The error for a call whose worker died under it. */
  readonly crashed: (request: unknown, cause: unknown) => Error;
}

/** Runs calls in worker threads that one can really stop: an abort or a deadline ends the worker, whatever it is doing. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  /** The workers at rest, each with what wakes it. */
  readonly #idle = new Map<Worker, () => void>();
  readonly #ends = new Map<Worker, (reason: unknown) => void>();
  readonly #waiting = new Set<{ start: () => void; refuse: (reason: unknown) => void }>();
  #taken = 0;
  #closed: Error | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** How many workers live now. */
  get size(): number {
    return this.#idle.size + this.#ends.size;
  }

  /** Posts a request to a worker and gives its answer; an abort rejects with the signal's own reason, at once. */
  async call<Answer>(request: unknown, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    if (this.#closed) throw this.#closed;
    if (this.#taken < this.#options.maxWorkers) this.#taken++;
    else await this.#turn(signal);
    try {
      signal?.throwIfAborted();
      return await this.#run<Answer>(this.#takeWorker(), request, signal);
    } finally {
      this.#passTurn();
    }
  }

  /** Ends all workers; calls under way or made later reject with `reason`. */
  async close(reason: Error): Promise<void> {
    this.#closed ??= reason;
    for (const { refuse } of this.#waiting) refuse(reason);
    for (const end of this.#ends.values()) end(reason);
    const idle = [...this.#idle];
    for (const [, wake] of idle) wake();
    await Promise.all(idle.map(([worker]) => worker.terminate()));
  }

  /** Resolves when a call that ends hands its place over. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        signal?.removeEventListener("abort", abort);
        this.#waiting.delete(turn);
      };
      const turn = {
        start: () => {
          leave();
          resolve();
        },
        refuse: (reason: unknown) => {
          leave();
          reject(reason);
        },
      };
      const abort = () => turn.refuse(signal?.reason);
      this.#waiting.add(turn);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  #passTurn(): void {
    const [next] = this.#waiting;
    if (next) next.start();
    else this.#taken--;
  }

  #takeWorker(): Worker {
    for (const [worker, wake] of this.#idle) {
      wake();
      return worker;
    }
    if (this.#closed) throw this.#closed;
    return new Worker(this.#options.file);
  }

  #run<Answer>(worker: Worker, request: unknown, signal: AbortSignal | undefined): Promise<Answer> {
    const { deadlineMs, late, crashed } = this.#options;
    return new Promise<Answer>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", abort);
        worker.off("error", died).off("exit", died).off("message", answered);
        this.#ends.delete(worker);
      };
      const fail = (reason: unknown) => {
        settle();
        // A worker that died may still tell so.
        worker.on("error", () => {});
        void worker.terminate();
        reject(reason);
      };
      const died = (cause: unknown) => fail(crashed(request, cause));
      const answered = (answer: Answer) => {
        settle();
        this.#rest(worker);
        resolve(answer);
      };
      const abort = () => fail(signal?.reason);
      const timer = setTimeout(() => fail(late(request)), deadlineMs);
      signal?.addEventListener("abort", abort, { once: true });
      this.#ends.set(worker, fail);
      worker.on("error", died).on("exit", died).on("message", answered);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- windows have origins, workers have none
      worker.postMessage(request);
    });
  }

  #rest(worker: Worker): void {
    const end = () => {
      this.#idle.delete(worker);
      void worker.terminate();
    };
    const timer = setTimeout(end, this.#options.idleMs).unref();
    worker.on("error", end).on("exit", end).unref();
    this.#idle.set(worker, () => {
      clearTimeout(timer);
      this.#idle.delete(worker);
      worker.off("error", end).off("exit", end).ref();
    });
  }
}
