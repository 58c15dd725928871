import { Image as ImageIcon } from "lucide";

import type { Image } from "../api/answers.ts";
import { formatBytes, formatSize } from "../format-amount.ts";
import { texts } from "../texts.ts";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { Icon } from "../ui/icon.tsx";

interface TriedButtonProps {
  readonly image: Image | undefined;
  readonly onClick: () => void;
}

/** Shows the picture that recipes are tried on, and lets another one be picked. */
export function TriedButton({ image, onClick }: TriedButtonProps) {
  return (
    <button type="button" class="tried" onClick={onClick}>
      {image ? (
        <>
          <span class="thumb checkerboard">
            <FetchedPicture url={image.thumbnailUrl} alt="" thumbhash={image.facts.thumbhash} />
          </span>
          <span>
            <strong>{image.name}</strong>
            <small>
              {formatSize(image)} · {formatBytes(image.bytes)}
            </small>
          </span>
        </>
      ) : (
        <>
          <Icon of={ImageIcon} />
          {texts.recipe.pick}
        </>
      )}
    </button>
  );
}
