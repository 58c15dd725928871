import { useSignal } from "@preact/signals";
import { Check, ChevronDown, ChevronUp, RotateCw, TriangleAlert } from "lucide";
import { useEffect } from "preact/hooks";

import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { VirtualList } from "../ui/virtual-list.tsx";
import { clearUploads, retryUpload, uploads, type Upload } from "./uploads.ts";

/** How long the tray stays when nothing is left to tell. */
const overMs = 6000;

/** How far the uploads are; nothing when there are none. */
export function UploadTray() {
  const isFolded = useSignal(false);
  const all = uploads.value;
  const done = all.filter(({ state }) => state === "done").length;
  const isOver = done === all.length;
  useEffect(() => {
    if (!isOver || done === 0) return undefined;
    const timer = setTimeout(clearUploads, overMs);
    return () => clearTimeout(timer);
  }, [isOver, done]);
  if (all.length === 0) return null;
  return (
    <aside class="tray" aria-label={texts.uploads.tray}>
      <header class="row tight">
        <strong class="grow" role="status">
          {texts.uploads.tray} <small>{texts.uploads.progress(done, all.length)}</small>
        </strong>
        <button type="button" class="link" onClick={clearUploads}>
          {texts.uploads.clear}
        </button>
        <button
          type="button"
          class="icon-button small"
          aria-label={texts.uploads.tray}
          aria-expanded={!isFolded.value}
          onClick={() => {
            isFolded.value = !isFolded.value;
          }}
        >
          <Icon of={isFolded.value ? ChevronUp : ChevronDown} size={16} />
        </button>
      </header>
      {!isFolded.value && (
        <div class="rows">
          <VirtualList
            label={texts.uploads.tray}
            items={all.toReversed()}
            keyOf={({ id }) => id}
            height={24}
            gap={9}
            more={undefined}
          >
            {(upload) => <UploadRow upload={upload} />}
          </VirtualList>
        </div>
      )}
    </aside>
  );
}

function UploadRow({ upload: { id, name, state, share, fault, image } }: { upload: Upload }) {
  return (
    <div class={state}>
      <div class="row tight">
        {state === "done" && <Icon of={Check} size={16} />}
        {state === "failed" && <Icon of={TriangleAlert} size={16} />}
        <span class="grow name">
          {image ? <a href={hrefOf("picture", { id: image.id })}>{name}</a> : name}
        </span>
        <small>
          {state === "done" && image ? texts.scan[image.scan] : texts.uploads.states[state]}
        </small>
        {state === "failed" && (
          <IconButton
            of={RotateCw}
            size={15}
            isSmall
            label={`${texts.retry}: ${name}`}
            title={texts.retry}
            onClick={() => retryUpload(id)}
          />
        )}
      </div>
      {(state === "sending" || state === "checking") && (
        <progress aria-label={name} max={1} value={state === "checking" ? undefined : share} />
      )}
      <Fault of={fault} />
    </div>
  );
}
