import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { thumbHashToDataURL } from "thumbhash";

import { isAbort, messageOf } from "../api/api-failure.ts";
import { request } from "../api/request.ts";
import { ownPath } from "./own-path.ts";

interface FetchedPictureProps {
  readonly url: string;
  readonly alt: string;
  /** Shown, blurred, until the picture is there. */
  readonly thumbhash?: string | undefined;
}

/** A picture of the service, fetched with the session's key as `<img>` alone can't. */
export function FetchedPicture({ url, alt, thumbhash }: FetchedPictureProps) {
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
  if (fault.value !== undefined) return <span class="picture-fault">{fault}</span>;
  const placeholder = placeholderOf(thumbhash);
  if (shown.value === undefined) {
    return placeholder ? <img src={placeholder} alt="" /> : <span class="picture-wait" />;
  }
  return <img src={shown.value} alt={alt} draggable={false} />;
}

function placeholderOf(thumbhash: string | undefined): string | undefined {
  if (thumbhash === undefined) return undefined;
  return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)));
}
