import { X } from "lucide";

import type { Image } from "../api/answers.ts";
import { requestJson } from "../api/request.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { textIn } from "../ui/text-in.ts";

interface TagEditorProps {
  readonly image: Image;
  readonly onChange: (image: Image) => void;
}

/** A picture's tags: each leads to those that have it too. */
export function TagEditor({ image: { id, tags }, onChange }: TagEditorProps) {
  const save = (next: readonly string[]) =>
    tellFault(async () => {
      const json = { tags: next };
      onChange(await requestJson<Image>(`/api/v1/images/${id}/tags`, { method: "PUT", json }));
    });
  return (
    <div class="tags" role="group" aria-label={texts.picture.tags}>
      {tags.map((tag) => (
        <span key={tag} class="chip with-button">
          <a href={hrefOf("library", { tags: tag })}>{tag}</a>
          <button
            type="button"
            aria-label={`${texts.remove}: ${tag}`}
            onClick={() => void save(tags.filter((one) => one !== tag))}
          >
            <Icon of={X} size={14} />
          </button>
        </span>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const tag = textIn(form, "tag").trim();
          if (tag !== "" && !tags.includes(tag)) void save([...tags, tag]);
          form.reset();
        }}
      >
        <input
          name="tag"
          type="text"
          maxLength={60}
          aria-label={texts.picture.addTag}
          placeholder={texts.picture.addTag}
        />
      </form>
    </div>
  );
}
