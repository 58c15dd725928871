import { Play } from "lucide";

import type { Job } from "../api/answers.ts";
import { requestJson } from "../api/request.ts";
import { catalog } from "../catalog/catalog.ts";
import { titleOf } from "../controls/title-of.ts";
import { recipe } from "../recipe/recipe-state.ts";
import { callOf } from "../recipe/recipe.ts";
import { savedRecipes } from "../recipe/saved-recipes.ts";
import { goTo } from "../route.ts";
import { texts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { tell } from "../ui/toasts.tsx";

const mostParts = 1000;

/** What to do with the pictures that are selected: the recipe that is being written, a saved one, or a preset. */
export function ProcessMenu({ ids, onDone }: { ids: readonly string[]; onDone: () => void }) {
  const run = (work: object) =>
    tellFault(async () => {
      const count = await submitAll(ids, work);
      onDone();
      tell(texts.jobs.accepted(count));
      goTo("jobs");
    });
  const choices: readonly (readonly [name: string, summary: string, work: object])[] = [
    [texts.jobs.ownRecipe, texts.jobs.ownRecipeHint, callOf(recipe.value)],
    ...Object.entries(savedRecipes.value).map(
      ([name, call]) => [name, texts.recipe.saved, call] as const,
    ),
    ...(catalog.value?.presets ?? []).map(
      ({ name, summary }) => [titleOf(name), summary, { preset: name }] as const,
    ),
  ];
  return (
    <Menu
      isPrimary
      label={
        <>
          <Icon of={Play} size={16} />
          {texts.jobs.processWith}
        </>
      }
    >
      <ul class="choices">
        {choices.map(([name, summary, work]) => (
          <li key={name}>
            <button type="button" data-closes onClick={() => void run(work)}>
              <strong>{name}</strong>
              <span>{summary}</span>
            </button>
          </li>
        ))}
      </ul>
    </Menu>
  );
}

/** Has work done on pictures: a job for one, batches for many. */
async function submitAll(ids: readonly string[], work: object): Promise<number> {
  const requests = ids.map((id) => ({ asset: { id }, ...work }));
  for (let first = 0; first < requests.length; first += mostParts) {
    const part = requests.slice(first, first + mostParts);
    const wish =
      part.length === 1
        ? { kind: "process", input: part[0] }
        : { kind: "batch", input: { requests: part } };
    await requestJson<Job>("/api/v1/jobs", { json: wish });
  }
  return requests.length;
}
