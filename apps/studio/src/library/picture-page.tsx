import { useSignal } from "@preact/signals";
import { ArrowLeft, Wand2 } from "lucide";
import { useEffect } from "preact/hooks";

import type { Image } from "../api/answers.ts";
import { messageOf } from "../api/api-failure.ts";
import { requestJson } from "../api/request.ts";
import { formatBytes, formatChange, formatSize, formatTime } from "../format-amount.ts";
import { recipe } from "../recipe/recipe-state.ts";
import { recipeOf } from "../recipe/recipe.ts";
import { goTo, hrefOf, route } from "../route.ts";
import { texts } from "../texts.ts";
import { DownloadButton } from "../ui/download-button.tsx";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { Icon } from "../ui/icon.tsx";
import { TagEditor } from "./tag-editor.tsx";
import { VersionComparison } from "./version-comparison.tsx";

type Version = Image["versions"][number];

/** One picture of the library: its versions side by side, and what is known of it. */
export function PicturePage() {
  const id = route.value.query.get("id") ?? "";
  const image = useSignal<Image | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  useEffect(() => {
    image.value = undefined;
    fault.value = undefined;
    const load = async () => {
      image.value = await requestJson<Image>(`/api/v1/images/${id}/info`);
    };
    load().catch((error: unknown) => {
      fault.value = messageOf(error);
    });
  }, [id]);

  if (fault.value !== undefined) {
    return (
      <div class="page">
        <div class="empty">
          <h1>{texts.picture.gone}</h1>
          <p>{fault}</p>
          <a class="button" href={hrefOf("library")}>
            {texts.picture.back}
          </a>
        </div>
      </div>
    );
  }
  if (image.value === undefined) return <p class="page quiet">{texts.loading}</p>;
  const { name, versions, facts, ...rest } = image.value;
  // The thumbnail says nothing that the original does not.
  const [original, ...made] = versions.filter(({ number }) => number > 0);
  const shown = original ? [original, ...made] : made;
  return (
    <div class="page">
      <header class="page-head">
        <a class="icon-button" href={hrefOf("library")} aria-label={texts.picture.back}>
          <Icon of={ArrowLeft} />
        </a>
        <h1 class="grow name">{name}</h1>
        <a class="button primary" href={hrefOf("recipe", { picture: id })}>
          <Icon of={Wand2} />
          {texts.picture.edit}
        </a>
      </header>
      <div class="picture-layout">
        <div class="picture-main">
          <section aria-label={texts.picture.versions}>
            <h2>{texts.picture.versions}</h2>
            <ul class="versions">
              {shown.map((version) => (
                <li key={version.number}>
                  <VersionCard
                    {...{ version, name }}
                    original={original}
                    thumbhash={version.number === 1 ? facts.thumbhash : undefined}
                  />
                </li>
              ))}
            </ul>
          </section>
          {original && made.length > 0 && <VersionComparison versions={[original, ...made]} />}
        </div>
        <section class="panel" aria-label={texts.picture.facts}>
          <h2>{texts.picture.facts}</h2>
          <dl class="facts">
            {Object.entries({
              [texts.picture.format]: rest.format,
              [texts.picture.size]: formatSize(rest),
              [texts.picture.bytes]: formatBytes(rest.bytes),
              [texts.picture.project]: rest.project,
              [texts.picture.scan]: texts.scan[rest.scan],
              [texts.picture.added]: formatTime(rest.createdAt),
            }).map(([term, value]) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <TagEditor
            image={image.value}
            onChange={(changed) => {
              image.value = changed;
            }}
          />
          {facts.palette && (
            <div
              class="palette"
              role="img"
              aria-label={`${texts.picture.colors}: ${facts.palette.map(({ color }) => color).join(", ")}`}
            >
              {facts.palette.map(({ color, share }) => (
                <span key={color} title={color} style={{ background: color, flexGrow: share }} />
              ))}
            </div>
          )}
        </section>
      </div>
    </div>
  );
}

interface VersionCardProps {
  readonly version: Version;
  readonly name: string;
  readonly original: Version | undefined;
  readonly thumbhash: string | undefined;
}

function VersionCard({ version, name, original, thumbhash }: VersionCardProps) {
  const own = recipeOf(callIn(version));
  const filename = `${name.replace(/\.[^.]*$/u, "")}-${version.name}.${version.format}`;
  return (
    <figure class="version">
      <div class="version-picture" style={{ "--ratio": version.width / version.height }}>
        <FetchedPicture url={version.url} alt={`${name}, ${version.name}`} thumbhash={thumbhash} />
      </div>
      <figcaption>
        <strong>{version.name}</strong>
        <small>
          {version.format} · {formatSize(version)} · {formatBytes(version.bytes)}
          {original && version !== original && ` (${formatChange(version.bytes, original.bytes)})`}
        </small>
        <div class="row tight">
          {own ? (
            <button
              type="button"
              class="link"
              onClick={() => {
                recipe.value = own;
                goTo("recipe");
              }}
            >
              {texts.picture.useRecipe}
            </button>
          ) : (
            <span />
          )}
          <DownloadButton url={version.url} filename={filename} size={16} isSmall />
        </div>
      </figcaption>
    </figure>
  );
}

/** The recipe that a version was made by, as requests carry it. */
function callIn({ name, recipe: made }: Version): unknown {
  const { steps, output } = Object(made) as { readonly steps?: unknown; readonly output?: unknown };
  return output === undefined ? undefined : { steps, variants: [{ name, output }] };
}
