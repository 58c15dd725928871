import { useSignal } from "@preact/signals";
import { Code, Image as ImageIcon, Play, Undo2 } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import type { Image, Job } from "../api/answers.ts";
import { ApiFailure } from "../api/api-failure.ts";
import { requestJson } from "../api/request.ts";
import { choiceText, ExportTable } from "../exports/export-table.tsx";
import type { Measured } from "../exports/measure-exports.ts";
import { Results } from "../exports/results.tsx";
import { formatBytes } from "../format-amount.ts";
import { followJob, hasEnded } from "../jobs/job-events.ts";
import { resultOf } from "../jobs/job-result.tsx";
import { endOf } from "../jobs/use-announced-ends.ts";
import { PicturePicker } from "../library/picture-picker.tsx";
import { goTo, route } from "../route.ts";
import { storedSignal } from "../stored-signal.ts";
import { texts } from "../texts.ts";
import { announce } from "../ui/announcements.tsx";
import { Fault } from "../ui/fault.tsx";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { tell } from "../ui/toasts.tsx";
import { preview, startPreview, type LivePreview } from "../viewer/live-preview.ts";
import { Viewer } from "../viewer/viewer.tsx";
import { CopyAsDialog } from "./copy-as-dialog.tsx";
import { RecipeBar } from "./recipe-bar.tsx";
import { recipe, setSteps } from "./recipe-state.ts";
import { callOf, recipeOf } from "./recipe.ts";
import { unpackRecipe } from "./share-link.ts";
import { StepList } from "./step-list.tsx";
import { TriedButton } from "./tried-button.tsx";
import { useCloseLook } from "./use-close-look.ts";
import { VariantEditor } from "./variant-editor.tsx";

/** The picture that recipes are tried on; it outlives a reload. */
const triedId = storedSignal("picture", "", (kept) => typeof kept === "string");

/** The recipe editor: steps on the left, the picture in the middle, files on the right. */
export function RecipePage() {
  const { query } = route.value;
  const picture = useSignal<Image | undefined>(undefined);
  const job = useSignal<Job | undefined>(undefined);
  const { looked, look, lookAway } = useCloseLook();
  const end = useRef(new AbortController());
  const isPicking = useSignal(false);
  const isCopying = useSignal(false);

  useEffect(() => {
    const [wanted, packed] = [query.get("picture"), query.get("r")];
    if (wanted !== null) triedId.value = wanted;
    if (packed === null) return;
    const unpack = async () => {
      const shared = recipeOf(await unpackRecipe(packed));
      if (shared) recipe.value = shared;
      else tell(texts.recipe.badLink, { isFault: true });
      goTo("recipe", wanted === null ? {} : { picture: wanted }, "replace");
    };
    void unpack();
  }, [query]);

  useEffect(() => {
    const id = triedId.value;
    [picture.value, job.value] = [undefined, undefined];
    lookAway();
    if (id === "") return undefined;
    let stop = (): void => undefined;
    let isLeft = false;
    const load = async () => {
      const image = await requestJson<Image>(`/api/v1/images/${id}/info`);
      if (isLeft) return;
      picture.value = image;
      stop = startPreview(image);
    };
    load().catch((error: unknown) => {
      // Deleted, most likely; when the server is away, the choice stays.
      if (!isLeft && error instanceof ApiFailure && error.problem) triedId.value = "";
    });
    end.current = new AbortController();
    return () => {
      isLeft = true;
      end.current.abort();
      stop();
    };
  }, [triedId.value]);

  const process = () =>
    tellFault(async () => {
      const id = triedId.value;
      const input = { asset: { id }, ...callOf(recipe.peek()) };
      const json = { kind: "process", input, priority: "high" };
      const { signal } = end.current;
      job.value = await requestJson<Job>("/api/v1/jobs", { json, signal });
      const take = (now: Job) => {
        job.value = now;
      };
      await followJob(job.value.id, take, signal);
      announce(endOf(job.value));
      if (job.value.error) throw new ApiFailure(job.value.error.message);
    });

  const lookClosely = (measured: Measured) => {
    look(measured);
    document.querySelector(".viewer")?.scrollIntoView({ block: "nearest" });
  };

  const shown = preview.value;
  const made = job.value && resultOf(job.value);
  const isProcessing = job.value !== undefined && !hasEnded(job.value);
  const image = picture.value;
  return (
    <div class="editor">
      <h1 class="visually-hidden">{texts.recipe.title}</h1>
      <div class="editor-bar">
        <TriedButton
          image={image}
          onClick={() => {
            isPicking.value = true;
          }}
        />
        <span class="grow" />
        <RecipeBar />
        <button
          type="button"
          class="button"
          onClick={() => {
            isCopying.value = true;
          }}
        >
          <Icon of={Code} />
          {texts.recipe.copyAs}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={image === undefined}
          aria-disabled={isProcessing}
          onClick={() => {
            if (!isProcessing) void process();
          }}
        >
          <Icon of={Play} />
          {isProcessing
            ? texts.recipe.processing(job.value?.progress.percent ?? 0)
            : texts.recipe.process}
        </button>
      </div>

      <section class="panel steps-panel" aria-label={texts.recipe.shared}>
        <h2>{texts.recipe.shared}</h2>
        <p class="quiet">
          {recipe.value.steps.length === 0 ? texts.recipe.noSteps : texts.recipe.sharedHint}
        </p>
        <StepList
          label={texts.recipe.shared}
          steps={recipe.value.steps}
          onChange={(steps) => setSteps(steps)}
        />
      </section>

      <div class="middle">
        {image === undefined ? (
          <div class="viewer blank">
            <Icon of={ImageIcon} size={40} />
            <p>{texts.recipe.pickHint}</p>
            <button
              type="button"
              class="button primary"
              onClick={() => {
                isPicking.value = true;
              }}
            >
              {texts.recipe.pick}
            </button>
          </div>
        ) : looked.value ? (
          <>
            <Viewer
              label={choiceText(looked.value)}
              before={looked.value.before}
              after={looked.value.after}
              scale={1}
              isUpdating={false}
              note={`${choiceText(looked.value)} · ${formatBytes(looked.value.file.size)}`}
            />
            <button type="button" class="button" onClick={lookAway}>
              <Icon of={Undo2} />
              {texts.viewer.backToPreview}
            </button>
          </>
        ) : (
          <Viewer
            label={texts.viewer.label}
            before={shown.before}
            after={shown.after}
            isUpdating={shown.isUpdating}
            grain={shown.grain ?? 1}
            largest={shown.side > 0 ? Math.max(image.width, image.height) / shown.side : 1}
            note={noteOf(shown)}
          />
        )}
        {shown.fault?.stepId === undefined && <Fault of={shown.fault?.message} />}
        {image && made && <Results pictureId={image.id} name={image.name} made={made} />}
        {image && <ExportTable pictureId={image.id} onLook={lookClosely} />}
      </div>

      <VariantEditor />

      {isPicking.value && (
        <PicturePicker
          onPick={(id) => {
            triedId.value = id;
            isPicking.value = false;
            goTo("recipe", { picture: id }, "replace");
          }}
          onClose={() => {
            isPicking.value = false;
          }}
        />
      )}
      {isCopying.value && (
        <CopyAsDialog
          filename={image?.name ?? "picture.png"}
          addresses={(made?.variants ?? []).map(({ url }) => url)}
          onClose={() => {
            isCopying.value = false;
          }}
        />
      )}
    </div>
  );
}

function noteOf({ side, ms }: LivePreview): string {
  return ms === undefined
    ? texts.viewer.updating
    : `${texts.viewer.reduced(side)} · ${texts.viewer.took(ms)}`;
}
