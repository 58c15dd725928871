import { Download } from "lucide";

import { request } from "../api/request.ts";
import { texts } from "../texts.ts";
import { IconButton } from "./icon-button.tsx";
import { ownPath } from "./own-path.ts";
import { saveFile } from "./save-file.ts";
import { tellFault } from "./tell-fault.ts";

interface DownloadButtonProps {
  readonly url: string;
  readonly filename: string;
  /** What screen readers call the file; its name when left out. */
  readonly label?: string;
  readonly size?: number;
  readonly isSmall?: boolean;
}

/** Saves one of the service's files. */
export function DownloadButton({ url, filename, label = filename, ...look }: DownloadButtonProps) {
  return (
    <IconButton
      {...look}
      of={Download}
      label={`${texts.download}: ${label}`}
      title={texts.download}
      onClick={() =>
        void tellFault(async () => saveFile(filename, await (await request(ownPath(url))).blob()))
      }
    />
  );
}
