import { useSignal } from "@preact/signals";
import { BookMarked, Link, RotateCcw, Save, Sparkles, Trash2 } from "lucide";

import { catalog } from "../catalog/catalog.ts";
import { titleOf } from "../controls/title-of.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { copyText } from "../ui/copy-text.ts";
import { Dialog } from "../ui/dialog.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";
import { textIn } from "../ui/text-in.ts";
import { tell } from "../ui/toasts.tsx";
import { recipe, resetRecipe, usePreset } from "./recipe-state.ts";
import { callOf, recipeOf, type Recipe } from "./recipe.ts";
import { forgetRecipe, savedRecipes, saveRecipe } from "./saved-recipes.ts";
import { packRecipe } from "./share-link.ts";

/** What can be done with a recipe as a whole. */
export function RecipeBar() {
  const isNaming = useSignal(false);
  return (
    <div class="row wrap tight">
      <Menu
        label={
          <>
            <Icon of={Sparkles} />
            {texts.recipe.presets}
          </>
        }
      >
        <ul class="choices">
          {(catalog.value?.presets ?? []).map((preset) => (
            <li key={preset.name}>
              <button
                type="button"
                data-closes
                onClick={() => {
                  const undo = bringBack(recipe.peek());
                  usePreset(preset);
                  tell(titleOf(preset.name), { undo });
                }}
              >
                <strong>{titleOf(preset.name)}</strong>
                <span>{preset.summary}</span>
              </button>
            </li>
          ))}
        </ul>
      </Menu>
      <Menu
        label={
          <>
            <Icon of={BookMarked} />
            {texts.recipe.saved}
          </>
        }
      >
        <ul class="choices">
          {Object.entries(savedRecipes.value).map(([name, call]) => (
            <li key={name} class="row tight">
              <button
                type="button"
                class="grow"
                data-closes
                onClick={() => {
                  const undo = bringBack(recipe.peek());
                  recipe.value = recipeOf(call) ?? recipe.value;
                  tell(name, { undo });
                }}
              >
                <strong>{name}</strong>
              </button>
              <button
                type="button"
                class="icon-button small"
                aria-label={texts.recipe.forget(name)}
                onClick={() => forgetRecipe(name)}
              >
                <Icon of={Trash2} size={15} />
              </button>
            </li>
          ))}
          {Object.keys(savedRecipes.value).length === 0 && (
            <li class="quiet">{texts.recipe.noSaved}</li>
          )}
        </ul>
      </Menu>
      <IconButton
        of={Save}
        label={texts.recipe.save}
        onClick={() => {
          isNaming.value = true;
        }}
      />
      <IconButton
        of={Link}
        label={texts.recipe.link}
        onClick={() =>
          void packRecipe(callOf(recipe.value)).then((r) =>
            copyText(new URL(hrefOf("recipe", { r }), location.href).href, texts.recipe.linkDone),
          )
        }
      />
      <IconButton
        of={RotateCcw}
        label={texts.recipe.reset}
        onClick={() => {
          const undo = bringBack(recipe.peek());
          resetRecipe();
          tell(texts.recipe.resetDone, { undo });
        }}
      />
      {isNaming.value && (
        <NameDialog
          onClose={() => {
            isNaming.value = false;
          }}
        />
      )}
    </div>
  );
}

function bringBack(kept: Recipe): () => void {
  return () => {
    recipe.value = kept;
  };
}

function NameDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={texts.recipe.save} onClose={onClose}>
      <form
        class="column"
        onSubmit={(event) => {
          event.preventDefault();
          const name = textIn(event.currentTarget, "name").trim();
          if (name === "") return;
          saveRecipe(name, callOf(recipe.peek()));
          tell(texts.recipe.saveDone(name));
          onClose();
        }}
      >
        <label>
          {texts.recipe.saveAs}
          <input name="name" type="text" required maxLength={60} />
        </label>
        <button type="submit" class="button primary">
          {texts.recipe.save}
        </button>
      </form>
    </Dialog>
  );
}
