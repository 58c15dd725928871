import { useSignal } from "@preact/signals";

import { formatSize } from "../format-amount.ts";
import { texts } from "../texts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Fault } from "../ui/fault.tsx";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { VirtualList } from "../ui/virtual-list.tsx";
import { useImageList } from "./image-list.ts";
import { startUploads } from "./uploads.ts";

interface PicturePickerProps {
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

/** Asks for one picture of the library. */
export function PicturePicker({ onPick, onClose }: PicturePickerProps) {
  const search = useSignal("");
  const query = new URLSearchParams(search.value === "" ? {} : { search: search.value });
  const { images, fault, more } = useImageList(query.toString());
  return (
    <Dialog title={texts.recipe.pick} onClose={onClose}>
      <div class="row wrap">
        <input
          type="search"
          class="grow"
          aria-label={texts.library.search}
          placeholder={texts.library.search}
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
        />
        <label class="button">
          {texts.uploads.add}
          <input
            type="file"
            class="visually-hidden"
            multiple
            accept="image/*"
            onChange={({ currentTarget }) => {
              startUploads([...(currentTarget.files ?? [])]);
            }}
          />
        </label>
      </div>
      <Fault of={fault} />
      <div class="picker">
        {images.value?.length === 0 && <p class="quiet">{texts.library.empty}</p>}
        <VirtualList
          label={texts.library.title}
          items={images.value ?? []}
          keyOf={({ id }) => id}
          minWidth={130}
          height={168}
          gap={10}
          more={more.value}
        >
          {(image) => (
            <button type="button" onClick={() => onPick(image.id)}>
              <span class="thumb checkerboard">
                <FetchedPicture url={image.thumbnailUrl} alt="" thumbhash={image.thumbhash} />
              </span>
              <span class="name">{image.name}</span>
              <small>{formatSize(image)}</small>
            </button>
          )}
        </VirtualList>
      </div>
    </Dialog>
  );
}
