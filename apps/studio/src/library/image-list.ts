import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import type { ImageList, ImageSummary } from "../api/answers.ts";
import { isAbort, messageOf } from "../api/api-failure.ts";
import { connection } from "../api/connection.ts";
import { requestJson } from "../api/request.ts";
import { arrivals } from "./uploads.ts";

/** A list of pictures that grows page by page. */
export interface ListedImages {
  readonly images: ReadonlySignal<readonly ImageSummary[] | undefined>;
  readonly fault: ReadonlySignal<string | undefined>;
  /** Asks for the next page, if there is one and nobody asked yet. */
  readonly more: () => void;
  /** Leaves pictures out that are gone, or brings them back. */
  readonly hide: (ids: readonly string[]) => () => void;
}

/** Lists the pictures that a query finds, and lists them again when some arrive. */
export function useImageList(query: string): ListedImages {
  const images = useSignal<readonly ImageSummary[] | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const cursor = useRef<string | undefined>(undefined);
  const end = useRef(new AbortController());

  const load = async (isFirst: boolean) => {
    if (isFirst) end.current.abort();
    if (isFirst) end.current = new AbortController();
    const { signal } = end.current;
    const after = isFirst ? "" : `&cursor=${encodeURIComponent(cursor.current ?? "")}`;
    cursor.current = undefined;
    try {
      const page = await requestJson<ImageList>(`/api/v1/images?${query}${after}`, { signal });
      cursor.current = page.nextCursor;
      images.value = isFirst ? page.images : [...(images.peek() ?? []), ...page.images];
      fault.value = undefined;
    } catch (error) {
      if (!isAbort(error)) fault.value = messageOf(error);
    }
  };

  useEffect(() => {
    if (connection.value === "up") void load(true);
  }, [query, arrivals.value, connection.value]);
  useEffect(() => () => end.current.abort(), []);

  return {
    images,
    fault,
    more: () => {
      if (cursor.current !== undefined) void load(false);
    },
    hide: (ids) => {
      const before = images.peek();
      images.value = before?.filter(({ id }) => !ids.includes(id));
      return () => {
        images.value = before;
      };
    },
  };
}
