import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chownSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The user "nobody" of Debian: servers start as it where the launcher is root. */
const nobody = 65_534;
const patienceMs = 30_000;

interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  readonly command: readonly [program: string, ...words: string[]];
}

/** Where one service lives: a folder of its own, and the processes that end with it. */
export class Ground implements AsyncDisposable {
  readonly folder: string;
  readonly #user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  readonly #children: Child[] = [];

  constructor(folder: string) {
    this.folder = folder;
    this.makeFolder(".");
  }

  /** Makes a folder below the service's own, and gives its path. */
  makeFolder(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (this.#user.uid !== undefined) chownSync(path, this.#user.uid, this.#user.gid);
    return path;
  }

  /**
   * A port of the loopback interface that nobody listens on, below those that the kernel gives to connections: one of
   * them could take the port of a server that is away for a while, and keep it from coming back.
   */
  async freePort(): Promise<number> {
    const port = randomInt(15_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) return this.freePort();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    return port;
  }

  /** Runs a program to its end and gives what it printed; throws with what it complained about. */
  async run(program: string, ...words: readonly string[]): Promise<string> {
    const child = spawn(program, words, { ...this.#options, stdio: ["ignore", "pipe", "pipe"] });
    let [printed, complaint] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code === 0) return printed;
    throw new Error(`${program} ended with ${String(code)}: ${complaint || printed}`);
  }

  /** Starts a program that stays; what it prints goes into a log beside its data. */
  start(program: string, ...words: readonly string[]): ChildProcess {
    const name = `${basename(program)}-${String(this.#children.length)}`;
    const log = openSync(this.#logOf(name), "a");
    // Whatever becomes of the launcher, the kernel ends the server with it.
    const child = spawn("setpriv", ["--pdeathsig", "KILL", program, ...words], {
      ...this.#options,
      stdio: ["ignore", log, log],
    });
    this.#children.push({ name, process: child, command: [program, ...words] });
    return child;
  }

  /** Ends the program that was started last, without a word, and starts it again after a time; throws with its log when it does not stay. */
  async crash(downMs: number): Promise<void> {
    const child = this.#children.pop();
    if (child === undefined) throw new Error("There is nothing to end.");
    const ended = once(child.process, "exit");
    child.process.kill("SIGKILL");
    await ended;
    await sleep(downMs);
    const [program, ...words] = child.command;
    const again = this.start(program, ...words);
    await Promise.race([once(again, "exit"), sleep(3000, undefined, { ref: false })]);
    if (hasEnded(again)) throw new Error(`${child.name} did not come back.\n${this.#logs()}`);
  }

  /** Waits until a question is answered with yes; throws with the logs when a process ends before, or time does. */
  async waitFor(what: string, isReady: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + patienceMs;
    while (!(await isReady().catch(() => false))) {
      const dead = this.#children.find(({ process: child }) => hasEnded(child));
      if (dead !== undefined || performance.now() > end)
        throw new Error(`${what} is not ready: ${dead?.name ?? "time"} ran out.\n${this.#logs()}`);
      await sleep(20);
    }
  }

  /** Ends every process, the last one first, each politely for a second. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { process: child } of this.#children.toReversed()) {
      if (hasEnded(child)) continue;
      const ended = new Promise((resolve) => {
        child.once("exit", resolve);
      });
      child.kill("SIGTERM");
      await Promise.race([ended, sleep(1000, undefined, { ref: false })]);
      child.kill("SIGKILL");
      await ended;
    }
  }

  get #options() {
    return { cwd: this.folder, ...this.#user };
  }

  #logOf(name: string): string {
    return join(this.folder, `${name}.log`);
  }

  #logs(): string {
    return this.#children
      .map(({ name }) => `${name}:\n${readFileSync(this.#logOf(name), "utf8").slice(-2000)}`)
      .join("\n");
  }
}

function hasEnded({ exitCode, signalCode, pid }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null || pid === undefined;
}
