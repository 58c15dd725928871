import type { Job } from "../api/answers.ts";
import { titleOf } from "../controls/title-of.ts";
import { formatBytes, formatSize } from "../format-amount.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { DownloadButton } from "../ui/download-button.tsx";
import { FetchedPicture } from "../ui/fetched-picture.tsx";

/** What comes of a job that makes files. */
export interface FilesResult {
  readonly asset?: { readonly id: string; readonly name: string };
  readonly variants: readonly {
    readonly name: string;
    readonly format: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly url: string;
  }[];
  /** The numbers of the picture's new versions, by the files' names. */
  readonly versions?: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** The files that a job made; undefined where it made none. */
export function resultOf({ result }: Job): FilesResult | undefined {
  const { variants } = Object(result) as Partial<FilesResult>;
  return Array.isArray(variants) ? (result as FilesResult) : undefined;
}

/** The picture that it is about, where that is known. */
export function nameOf(job: Job): string {
  return resultOf(job)?.asset?.name ?? kindOf(job);
}

/** What kind of work it is, in words. */
export function kindOf({ kind }: Job): string {
  return texts.jobs.kinds[kind] ?? titleOf(kind);
}

/** The files that a job made, to be looked at and taken along. */
export function JobResult({ job }: { job: Job }) {
  const made = resultOf(job);
  if (made === undefined) return null;
  const { asset, variants } = made;
  const stem = asset?.name.replace(/\.[^.]*$/u, "") ?? "picture";
  return (
    <div class="job-files">
      <ul class="files">
        {variants.map(({ name, url, ...file }) => (
          <li key={name}>
            <span class="thumb checkerboard">
              <FetchedPicture url={url} alt={name} />
            </span>
            <span class="grow">
              <strong>{name}</strong>
              <small>
                {file.format} · {formatSize(file)} · {formatBytes(file.bytes)}
              </small>
            </span>
            <DownloadButton
              url={url}
              filename={`${stem}-${name}.${file.format}`}
              label={name}
              size={17}
            />
          </li>
        ))}
      </ul>
      {asset && (
        <a class="button" href={hrefOf("picture", { id: asset.id })}>
          {texts.jobs.compare}
        </a>
      )}
    </div>
  );
}
