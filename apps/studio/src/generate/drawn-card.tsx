import { Trash2, Wand2 } from "lucide";

import { request } from "../api/request.ts";
import { formatBytes, formatMoney, formatSize } from "../format-amount.ts";
import { deleteLater } from "../library/delete-later.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { DownloadButton } from "../ui/download-button.tsx";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
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
      <a
        class="version-picture"
        href={hrefOf("picture", { id })}
        tabIndex={-1}
        style={{ "--ratio": one.width / one.height }}
      >
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
          <DownloadButton url={path} filename={name} size={17} />
          <IconButton
            of={Trash2}
            size={17}
            label={`${texts.library.delete}: ${name}`}
            title={texts.library.delete}
            onClick={remove}
          />
        </div>
      </figcaption>
    </figure>
  );
}
