import type { ClaimedJob, Consumer, Consumption } from "../dispatcher.ts";

/** Takes jobs while there is room for them, and sleeps until the next one is due or somebody wakes it. */
export class JobTaker implements Consumption {
  readonly #consumer: Consumer;
  readonly #pollMs: number;
  readonly #inWork = new Set<Promise<unknown>>();
  #timer: NodeJS.Timeout | undefined;
  #taking: Promise<void> | undefined;
  #isWoken = false;
  #isStopped = false;

  constructor(consumer: Consumer, pollMs: number) {
    this.#consumer = consumer;
    this.#pollMs = pollMs;
    this.wake();
  }

  /** Looks for jobs now. */
  wake(): void {
    this.#isWoken = true;
    // Without room, the end of a job wakes it.
    if (!this.#hasRoom || this.#taking !== undefined) return;
    clearTimeout(this.#timer);
    this.#taking = this.#take().finally(() => {
      this.#taking = undefined;
      if (this.#isWoken) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#taking;
    await Promise.all(this.#inWork);
  }

  get #hasRoom(): boolean {
    return !this.#isStopped && this.#inWork.size < this.#consumer.concurrency;
  }

  async #take(): Promise<void> {
    let pauseMs = this.#pollMs;
    try {
      // Somebody may wake it while a question is answered.
      while (this.#isWoken && this.#hasRoom) {
        this.#isWoken = false;
        while (this.#hasRoom) {
          const job = await this.#consumer.claimNext();
          if (job === undefined) break;
          this.#begin(job);
        }
        if (this.#hasRoom) pauseMs = (await this.#consumer.nextDueMs()) ?? this.#pollMs;
      }
    } catch (error) {
      this.#consumer.onFault(error);
    }
    if (this.#hasRoom) this.#timer = setTimeout(() => this.wake(), Math.min(pauseMs, this.#pollMs));
  }

  #begin(job: ClaimedJob): void {
    const work = this.#consumer.run(job).finally(() => {
      this.#inWork.delete(work);
      this.wake();
    });
    this.#inWork.add(work);
  }
}
