import { Download, Trash2, Wand2 } from "lucide";

import { request } from "../api/request.ts";
import { formatBytes, formatMoney, formatSize } from "../format-amount.ts";
import { deleteLater } from "../library/delete-later.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { Icon } from "../ui/icon.tsx";
import { saveFile } from "../ui/save-file.ts";
import { tellFault } from "../ui/tell-fault.ts";
import { tell } from "../ui/toasts.tsx";
import { drawn, type Drawn } from "./drawn.ts";

/** One variation: how it came to be, and where it goes from here. */
export function DrawnCard({ one }: { one: Drawn }) {
  const { id, name, prompt, generator, model, seed, costUsd } = one;
  const path = `/api/v1/images/${id}/download?version=1`;
  const remove = () => {
    const before = drawn.peek();
    drawn.value = before.filter((other) => other.id !== id);
    const undo = deleteLater([id], () =>
      tellFault(() => request(`/api/v1/images/${id}`, { method: "DELETE", keepalive: true })),
    );
    tell(texts.library.deleted(1), {
      undo: () => {
        undo();
        drawn.value = before;
      },
    });
  };
  return (
    <figure class="version drawn-card">
      <a class="version-picture checkerboard" href={hrefOf("picture", { id })} tabIndex={-1}>
        <FetchedPicture url={path} alt={prompt} />
      </a>
      <figcaption>
        <a class="name" href={hrefOf("picture", { id })} title={prompt}>
          {name}
        </a>
        <small>
          {generator} {model}
          {seed !== undefined && ` · ${texts.generate.seed(seed)}`} · {formatMoney(costUsd)}
        </small>
        <small>
          {formatSize(one)} · {formatBytes(one.bytes)}
        </small>
        <div class="row tight">
          <a class="button grow" href={hrefOf("recipe", { picture: id })}>
            <Icon of={Wand2} size={16} />
            {texts.generate.intoRecipe}
          </a>
          <button
            type="button"
            class="icon-button"
            aria-label={`${texts.download}: ${name}`}
            title={texts.download}
            onClick={() =>
              void tellFault(async () => saveFile(name, await (await request(path)).blob()))
            }
          >
            <Icon of={Download} size={17} />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={`${texts.library.delete}: ${name}`}
            title={texts.library.delete}
            onClick={remove}
          >
            <Icon of={Trash2} size={17} />
          </button>
        </div>
      </figcaption>
    </figure>
  );
}
