import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import type { ImageList, ImageSummary } from "../api/answers.ts";
import { isAbort, messageOf } from "../api/api-failure.ts";
import { connection } from "../api/connection.ts";
import { nextPage } from "../api/next-page.ts";
import { requestJson } from "../api/request.ts";
import { arrivals } from "./uploads.ts";

/** A list of pictures that grows page by page. */
export interface ListedImages {
  readonly images: ReadonlySignal<readonly ImageSummary[] | undefined>;
  readonly fault: ReadonlySignal<string | undefined>;
  /** Asks for the next page; undefined on the last. */
  readonly more: ReadonlySignal<(() => void) | undefined>;
  /** Leaves pictures out that are gone, or brings them back. */
  readonly hide: (ids: readonly string[]) => () => void;
}

/** Lists the pictures that a query finds, and lists them again when some arrive. */
export function useImageList(query: string): ListedImages {
  const images = useSignal<readonly ImageSummary[] | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const more = useSignal<(() => void) | undefined>(undefined);
  const end = useRef(new AbortController());

  const load = async (cursor?: string) => {
    const isFirst = cursor === undefined;
    if (isFirst) {
      end.current.abort();
      end.current = new AbortController();
      more.value = undefined;
    }
    const { signal } = end.current;
    const after = isFirst ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    try {
      const page = await requestJson<ImageList>(`/api/v1/images?${query}${after}`, { signal });
      more.value = nextPage(page.nextCursor, load);
      images.value = isFirst ? page.images : [...(images.peek() ?? []), ...page.images];
      fault.value = undefined;
    } catch (error) {
      if (!isAbort(error)) fault.value = messageOf(error);
    }
  };

  useEffect(() => {
    if (connection.value === "up") void load();
  }, [query, arrivals.value, connection.value]);
  useEffect(() => () => end.current.abort(), []);

  return {
    images,
    fault,
    more,
    hide: (ids) => {
      const before = images.peek();
      images.value = before?.filter(({ id }) => !ids.includes(id));
      return () => {
        images.value = before;
      };
    },
  };
}
