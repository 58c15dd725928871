import { useSignal } from "@preact/signals";

import type { Image } from "../api/answers.ts";
import { formatBytes, formatChange, formatSize } from "../format-amount.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { useFetchedFile } from "../ui/use-fetched-file.ts";
import { Viewer } from "../viewer/viewer.tsx";

type Version = Image["versions"][number];

interface VersionComparisonProps {
  /** Two or more, the original first. */
  readonly versions: readonly [Version, ...Version[]];
}

/** Any two versions of a picture in the same place, with a slider between them. */
export function VersionComparison({ versions }: VersionComparisonProps) {
  const [original] = versions;
  const beforeNumber = useSignal(original.number);
  const afterNumber = useSignal(versions.at(-1)?.number ?? original.number);
  const of = (wanted: number) => versions.find(({ number }) => number === wanted) ?? original;
  const [before, after] = [of(beforeNumber.value), of(afterNumber.value)];
  const files = [useFetchedFile(before.url), useFetchedFile(after.url)] as const;
  const fault = files[0].fault.value ?? files[1].fault.value;
  return (
    <section class="comparison" aria-label={texts.picture.compare}>
      <header class="row wrap">
        <h2 class="grow">{texts.picture.compare}</h2>
        {(
          [
            [texts.viewer.before, beforeNumber],
            [texts.viewer.after, afterNumber],
          ] as const
        ).map(([title, chosen]) => (
          <label key={title} class="row tight">
            <small>{title}</small>
            <select
              aria-label={title}
              value={chosen.value}
              onChange={({ currentTarget }) => {
                chosen.value = Number(currentTarget.value);
              }}
            >
              {versions.map(({ number, name, format }) => (
                <option key={number} value={number}>
                  {texts.picture.version(name, format)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </header>
      <Fault of={fault} />
      <Viewer
        label={texts.picture.compare}
        before={files[0].shown.value}
        after={files[1].shown.value}
        isUpdating={files.some(({ shown }) => shown.value === undefined)}
        note={[before, after].map(sizeOf).join(" → ") + changeOf(before, after)}
      />
    </section>
  );
}

function sizeOf(version: Version): string {
  return `${formatSize(version)}, ${formatBytes(version.bytes)}`;
}

function changeOf(before: Version, after: Version): string {
  return before === after ? "" : ` (${formatChange(after.bytes, before.bytes)})`;
}
