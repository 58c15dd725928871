import { thumbHashToDataURL } from "thumbhash";

import { texts } from "../texts.ts";
import { useFetchedFile } from "./use-fetched-file.ts";

interface FetchedPictureProps {
  readonly url: string;
  readonly alt: string;
  /** Shown, blurred, until the picture is there. */
  readonly thumbhash?: string | undefined;
}

/** A picture of the service, fetched with the session's key as `<img>` alone can't. */
export function FetchedPicture({ url, alt, thumbhash }: FetchedPictureProps) {
  const { shown, fault } = useFetchedFile(url);
  if (fault.value !== undefined) return <span class="picture-fault">{fault}</span>;
  const placeholder = placeholderOf(thumbhash);
  if (shown.value === undefined) {
    return placeholder ? <img src={placeholder} alt="" /> : <span class="picture-wait" />;
  }
  return (
    <img
      src={shown.value}
      alt={alt}
      draggable={false}
      onError={() => {
        fault.value = texts.picture.unreadable;
      }}
    />
  );
}

function placeholderOf(thumbhash: string | undefined): string | undefined {
  if (thumbhash === undefined) return undefined;
  return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)));
}
