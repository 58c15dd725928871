import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { isAbort, messageOf } from "../api/api-failure.ts";
import { request } from "../api/request.ts";
import { ownPath } from "./own-path.ts";

/** A file that is on its way, or there, or why it is not. */
interface FetchedFile {
  /** Its address in this page. */
  readonly shown: Signal<string | undefined>;
  readonly fault: Signal<string | undefined>;
}

/** Fetches a file of the service with the session's key, and forgets it when nobody shows it any more. */
export function useFetchedFile(url: string): FetchedFile {
  const shown = useSignal<string | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const end = new AbortController();
    let made: string | undefined;
    shown.value = undefined;
    fault.value = undefined;
    const show = async () => {
      const answer = await request(ownPath(url), { signal: end.signal });
      made = URL.createObjectURL(await answer.blob());
      if (end.signal.aborted) URL.revokeObjectURL(made);
      else shown.value = made;
    };
    show().catch((error: unknown) => {
      if (!isAbort(error)) fault.value = messageOf(error);
    });
    return () => {
      end.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [url]);
  return { shown, fault };
}
