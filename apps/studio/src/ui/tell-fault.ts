import { isAbort, messageOf } from "../api/api-failure.ts";
import { tell } from "./toasts.tsx";

/** Runs work, and tells what went wrong with it. */
export async function tellFault(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAbort(error)) tell(messageOf(error), { isFault: true });
  }
}
