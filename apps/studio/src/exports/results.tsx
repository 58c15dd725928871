import { FileArchive, Link } from "lucide";

import { request } from "../api/request.ts";
import { formatBytes, formatSize } from "../format-amount.ts";
import type { FilesResult } from "../jobs/job-result.tsx";
import { texts } from "../texts.ts";
import { copyText } from "../ui/copy-text.ts";
import { DownloadButton } from "../ui/download-button.tsx";
import { FetchedPicture } from "../ui/fetched-picture.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { saveFile } from "../ui/save-file.ts";
import { tellFault } from "../ui/tell-fault.ts";

interface ResultsProps {
  readonly pictureId: string;
  readonly name: string;
  readonly made: FilesResult;
}

/** The files that were made, to be looked at and taken along. */
export function Results({ pictureId, name, made }: ResultsProps) {
  const files = made.variants.map((file) =>
    Object.assign({}, file, {
      filename: `${name.replace(/\.[^.]*$/u, "")}-${file.name}.${file.format}`,
      variant: file.name,
      path: `/api/v1/images/${pictureId}/download?version=${made.versions?.[file.name] ?? 1}`,
    }),
  );
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);

  const saveAll = () =>
    tellFault(async () => {
      // Only whoever wants a zip loads what makes it.
      const { downloadZip } = await import("client-zip");
      const inputs = await Promise.all(
        files.map(async ({ filename, path }) => ({ name: filename, input: await fetchFile(path) })),
      );
      saveFile(`${name.replace(/\.[^.]*$/u, "")}.zip`, await downloadZip(inputs).blob());
    });

  return (
    <section class="panel results" aria-label={texts.results.title}>
      <header class="row wrap">
        <h2 class="grow">{texts.results.title}</h2>
        <span class="quiet">{texts.results.total(files.length, total)}</span>
        <button type="button" class="button" onClick={() => void saveAll()}>
          <Icon of={FileArchive} />
          {texts.results.zip}
        </button>
      </header>
      <ul class="files">
        {files.map((file) => (
          <li key={file.variant}>
            <span class="thumb checkerboard">
              <FetchedPicture url={file.path} alt={file.variant} />
            </span>
            <span class="grow">
              <strong>{file.variant}</strong>
              <small>
                {file.format} · {formatSize(file)} · {formatBytes(file.bytes)}
              </small>
            </span>
            <IconButton
              of={Link}
              label={`${texts.results.address}: ${file.variant}`}
              title={texts.results.address}
              onClick={() => void copyText(file.url)}
            />
            <DownloadButton url={file.path} filename={file.filename} />
          </li>
        ))}
      </ul>
      <p class="quiet">{texts.results.kept}</p>
      {made.warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
    </section>
  );
}

async function fetchFile(path: string): Promise<Blob> {
  return (await request(path)).blob();
}
