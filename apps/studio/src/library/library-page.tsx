import { useSignal } from "@preact/signals";
import { FolderPlus, ImagePlus, Search, Trash2, Wand2, X } from "lucide";

import { request } from "../api/request.ts";
import { catalog } from "../catalog/catalog.ts";
import { ProcessMenu } from "../jobs/process-menu.tsx";
import { goTo, route } from "../route.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { tell } from "../ui/toasts.tsx";
import { VirtualList } from "../ui/virtual-list.tsx";
import { deleteLater } from "./delete-later.ts";
import { useImageList } from "./image-list.ts";
import { PictureCard } from "./picture-card.tsx";
import { ProjectFilter } from "./project-filter.tsx";
import { startUploads } from "./uploads.ts";

type Filters = Readonly<Record<"search" | "project" | "tags" | "format" | "sort", string>>;

/** The gallery: find pictures, add some, select some, do something with them. */
export function LibraryPage() {
  const { query } = route.value;
  const filters: Filters = {
    search: query.get("search") ?? "",
    project: query.get("project") ?? "",
    tags: query.get("tags") ?? "",
    format: query.get("format") ?? "",
    sort: query.get("sort") ?? "",
  };
  const said = Object.entries(filters).filter(([, value]) => value !== "");
  const { images, fault, more, hide } = useImageList(new URLSearchParams(said).toString());
  const selected = useSignal<ReadonlySet<string>>(new Set());
  const isFiltered = said.some(([name]) => name !== "sort");
  const set = (change: Partial<Filters>) => goTo("library", { ...filters, ...change }, "replace");
  const list = images.value;
  const chosen = [...selected.value];

  const remove = () => {
    const back = hide(chosen);
    selected.value = new Set();
    const undo = deleteLater(chosen, (id) =>
      tellFault(() => request(`/api/v1/images/${id}`, { method: "DELETE", keepalive: true })),
    );
    tell(texts.library.deleted(chosen.length), {
      undo: () => {
        undo();
        back();
      },
    });
  };

  return (
    <div class="page">
      <header class="page-head">
        <h1>{texts.library.title}</h1>
        <label class="search">
          <Icon of={Search} />
          <input
            type="search"
            aria-label={texts.library.search}
            placeholder={texts.library.search}
            value={filters.search}
            onInput={({ currentTarget }) => set({ search: currentTarget.value })}
          />
        </label>
        <ProjectFilter value={filters.project} onChange={(project) => set({ project })} />
        <select
          class="filter"
          aria-label={texts.library.format}
          value={filters.format}
          onChange={({ currentTarget }) => set({ format: currentTarget.value })}
        >
          <option value="">{texts.library.anyFormat}</option>
          {(catalog.value?.formats ?? []).map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <select
          class="filter"
          aria-label={texts.library.sort}
          value={filters.sort || "created"}
          onChange={({ currentTarget }) => set({ sort: currentTarget.value })}
        >
          {Object.entries(texts.library.sorts).map(([name, title]) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </header>

      {filters.tags !== "" && (
        <p>
          <button
            type="button"
            class="chip with-button"
            aria-pressed="true"
            aria-label={`${texts.library.tagged(filters.tags)}: ${texts.library.clearFilters}`}
            onClick={() => set({ tags: "" })}
          >
            {texts.library.tagged(filters.tags)}
            <Icon of={X} size={14} />
          </button>
        </p>
      )}

      <AddPictures />

      <Fault of={fault} />
      {chosen.length > 0 && (
        <div class="selection" role="region" aria-label={texts.library.selected(chosen.length)}>
          <strong class="grow">{texts.library.selected(chosen.length)}</strong>
          <button
            type="button"
            class="link"
            onClick={() => {
              selected.value = new Set();
            }}
          >
            {texts.library.unselect}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => goTo("recipe", { picture: chosen[0] })}
          >
            <Icon of={Wand2} />
            {texts.library.edit}
          </button>
          <ProcessMenu
            ids={chosen}
            onDone={() => {
              selected.value = new Set();
            }}
          />
          <button type="button" class="button danger" onClick={remove}>
            <Icon of={Trash2} />
            {texts.library.delete}
          </button>
        </div>
      )}

      {list?.length === 0 && (
        <div class="empty">
          <strong>{isFiltered ? texts.library.none : texts.library.empty}</strong>
          <p>{isFiltered ? texts.library.noneHint : texts.library.emptyHint}</p>
          {isFiltered && (
            <button type="button" class="button" onClick={() => goTo("library")}>
              {texts.library.clearFilters}
            </button>
          )}
        </div>
      )}
      {list === undefined && fault.value === undefined && <p class="quiet">{texts.loading}</p>}
      {list !== undefined && list.length > 0 && (
        <VirtualList
          label={texts.library.title}
          items={list}
          keyOf={({ id }) => id}
          minWidth={innerWidth < 640 ? 140 : 200}
          height={240}
          gap={16}
          more={more.value}
        >
          {(image) => (
            <PictureCard
              image={image}
              isSelected={selected.value.has(image.id)}
              onSelect={(isSelected) => {
                const next = new Set(selected.value);
                if (isSelected) next.add(image.id);
                else next.delete(image.id);
                selected.value = next;
              }}
            />
          )}
        </VirtualList>
      )}
    </div>
  );
}

/** Ways to bring pictures in, besides dropping and pasting them. */
function AddPictures() {
  const url = useSignal("");
  return (
    <section class="add" aria-label={texts.uploads.add}>
      <label class="button primary">
        <Icon of={ImagePlus} />
        {texts.uploads.choose}
        <input type="file" class="visually-hidden" multiple accept="image/*" onChange={take} />
      </label>
      <label class="button">
        <Icon of={FolderPlus} />
        {texts.uploads.folder}
        <input
          type="file"
          class="visually-hidden"
          multiple
          {...{ webkitdirectory: true }}
          onChange={take}
        />
      </label>
      <form
        class="add-url"
        onSubmit={(event) => {
          event.preventDefault();
          startUploads([url.value]);
          url.value = "";
        }}
      >
        <input
          type="url"
          required
          aria-label={texts.uploads.url}
          placeholder={texts.uploads.url}
          value={url.value}
          onInput={({ currentTarget }) => {
            url.value = currentTarget.value;
          }}
        />
        <button type="submit" class="button">
          {texts.uploads.fetch}
        </button>
      </form>
      <span class="quiet add-hint">{texts.uploads.drop}</span>
    </section>
  );
}

function take({ currentTarget }: { currentTarget: HTMLInputElement }): void {
  startUploads([...(currentTarget.files ?? [])]);
  // The same file may be chosen again.
  currentTarget.value = "";
}
