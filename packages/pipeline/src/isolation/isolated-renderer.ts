import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import type { Rendered } from "../render-picture.ts";
import {
  crashed,
  plainError,
  revivedError,
  type Need,
  type Order,
  type Outside,
  type ToChild,
  type ToParent,
} from "./messages.ts";

/** Renders pictures in processes of their own. */
export interface IsolatedRenderer {
  /** Renders one picture; when the signal ends it, the process is ended with it, whatever it does. */
  render(order: Order, outside: Outside, signal?: AbortSignal): Promise<Rendered>;
}

/** A process that has nothing to do is ended after this time, and its memory returns. */
const idleMs = 10_000;

/** Beside this file stands the child's: in the sources as TypeScript, in the package built. */
const childFile = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "./render-child.ts" : "./isolation/render-child.js",
    import.meta.url,
  ),
);

/** Makes a renderer whose processes serve one picture at a time and are used again while there is work. */
export function createIsolatedRenderer(): IsolatedRenderer {
  const idle: { readonly child: ChildProcess; readonly timer: NodeJS.Timeout }[] = [];

  const take = (): ChildProcess => {
    const waiting = idle.pop();
    if (!waiting) return startChild();
    clearTimeout(waiting.timer);
    return waiting.child;
  };

  const giveBack = (child: ChildProcess) => {
    if (child.killed || !child.connected) return;
    const entry = {
      child,
      timer: setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        child.kill("SIGKILL");
      }, idleMs),
    };
    entry.timer.unref();
    idle.push(entry);
  };

  return {
    async render(order, outside, signal) {
      signal?.throwIfAborted();
      const child = take();
      const end = () => child.kill("SIGKILL");
      signal?.addEventListener("abort", end, { once: true });
      try {
        const rendered = await converse(child, order, outside, signal);
        signal?.throwIfAborted();
        return rendered;
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener("abort", end);
        giveBack(child);
      }
    },
  };
}

function startChild(): ChildProcess {
  const child = fork(childFile, {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // A child that waits for work must not keep its parent alive.
  child.unref();
  child.channel?.unref();
  // Without a listener a failure to send would end this process; the end of the conversation tells of it.
  child.on("error", () => undefined);
  return child;
}

function converse(
  child: ChildProcess,
  order: Order,
  outside: Outside,
  signal: AbortSignal | undefined,
): Promise<Rendered> {
  const say = (message: ToChild) => child.send(message, () => undefined);
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      child.off("message", hear).off("exit", fail).off("error", fail);
      child.channel?.unref();
      act();
    };
    const fail = () => settle(() => reject(revivedError(crashed)));
    const hear = (message: ToParent) => {
      if (message.kind === "rendered") settle(() => resolve(message.rendered));
      else if (message.kind === "failed") settle(() => reject(revivedError(message.error)));
      else {
        const { id, need } = message;
        fetchOutside(need, outside, signal).then(
          (value) => say({ kind: "answer", id, value }),
          (error: unknown) => say({ kind: "refusal", id, error: plainError(error) }),
        );
      }
    };
    child.on("message", hear).on("exit", fail).on("error", fail);
    child.channel?.ref();
    say({ kind: "render", order, removes: outside.backgroundRemover !== undefined });
  });
}

/** What a rendering asked for; a removal ends with the rendering that it is for. */
async function fetchOutside(
  need: Need,
  { load, backgroundRemover = refuse }: Outside,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  if (need.what === "picture") return load(need.reference);
  const remover = await backgroundRemover(need.engine);
  return remover.remove(need.picture, need.options, { signal });
}

function refuse(): never {
  throw revivedError(crashed);
}
