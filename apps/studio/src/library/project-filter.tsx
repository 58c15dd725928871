import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import type { ProjectList } from "../api/answers.ts";
import { connection } from "../api/connection.ts";
import { requestJson } from "../api/request.ts";
import { texts } from "../texts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { textIn } from "../ui/text-in.ts";
import { arrivals } from "./uploads.ts";

interface ProjectFilterProps {
  /** Empty for all. */
  readonly value: string;
  readonly onChange: (project: string) => void;
}

/** No project has this name: names hold no such sign. */
const other = "+";

/** Chooses among the projects that there are, each with what it holds, or begins one: pictures that are added go there. */
export function ProjectFilter({ value, onChange }: ProjectFilterProps) {
  const projects = useSignal<ProjectList["projects"]>([]);
  const isNaming = useSignal(false);
  useEffect(() => {
    const end = new AbortController();
    const load = async () => {
      const found = await requestJson<ProjectList>("/api/v1/projects", { signal: end.signal });
      projects.value = found.projects;
    };
    // Whoever may not list them still sees the pictures, which say what is wrong.
    if (connection.value === "up") load().catch(() => undefined);
    return () => end.abort();
  }, [arrivals.value, connection.value]);
  const isNew = value !== "" && !projects.value.some(({ name }) => name === value);
  return (
    <>
      <select
        class="filter"
        aria-label={texts.library.project}
        value={value}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== other) return onChange(currentTarget.value);
          // What is chosen stays until the other has its name.
          currentTarget.value = value;
          isNaming.value = true;
        }}
      >
        <option value="">{texts.library.anyProject}</option>
        {isNew && <option value={value}>{value}</option>}
        {projects.value.map(({ name, pictures }) => (
          <option key={name} value={name}>
            {texts.library.projectOf(name, pictures)}
          </option>
        ))}
        <option value={other}>{texts.library.other}</option>
      </select>
      {isNaming.value && (
        <Dialog
          title={texts.library.newProject}
          onClose={() => {
            isNaming.value = false;
          }}
        >
          <form
            class="column"
            onSubmit={(event) => {
              event.preventDefault();
              isNaming.value = false;
              onChange(textIn(event.currentTarget, "project").trim());
            }}
          >
            <label>
              {texts.library.projectName}
              <input name="project" type="text" required maxLength={100} />
            </label>
            <p class="quiet">{texts.library.projectHint}</p>
            <button type="submit" class="button primary">
              {texts.library.openProject}
            </button>
          </form>
        </Dialog>
      )}
    </>
  );
}
