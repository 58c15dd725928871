import { Wand2 } from "lucide";

import type { ImageSummary } from "../api/answers.ts";
import { formatBytes, formatSize } from "../format-amount.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { Icon } from "../ui/icon.tsx";

interface PictureCardProps {
  readonly image: ImageSummary;
  readonly isSelected: boolean;
  readonly onSelect: (isSelected: boolean) => void;
}

/** A picture of the library, small. */
export function PictureCard({ image, isSelected, onSelect }: PictureCardProps) {
  return (
    <article class={isSelected ? "card selected" : "card"}>
      <a
        class="card-picture"
        href={hrefOf("picture", { id: image.id })}
        tabIndex={-1}
        aria-hidden="true"
        style={{ "--ratio": image.width / image.height }}
      >
        <FetchedPicture url={image.thumbnailUrl} alt="" thumbhash={image.thumbhash} />
      </a>
      <input
        type="checkbox"
        class="card-check"
        aria-label={texts.library.select(image.name)}
        checked={isSelected}
        onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
      />
      <div class="card-text">
        <a class="name" href={hrefOf("picture", { id: image.id })} title={image.name}>
          {image.name}
        </a>
        <small>
          {formatSize(image)} · {formatBytes(image.bytes)} · {image.format}
        </small>
      </div>
      <a
        class="icon-button card-edit"
        href={hrefOf("recipe", { picture: image.id })}
        aria-label={`${texts.library.edit}: ${image.name}`}
        title={texts.library.edit}
      >
        <Icon of={Wand2} size={16} />
      </a>
    </article>
  );
}
