import type { SourceImage } from "@tintype/image-core";

import { readOptions } from "./open-picture.ts";
import type { RenderedVariant } from "./render-picture.ts";
import type { Source } from "./source.ts";

/** What the user should know although the request succeeded: pages that were left, and what each file could not hold. */
export function warningsFor(
  { source: { format, pages }, animation }: SourceImage,
  asked: Source,
  files: readonly RenderedVariant[],
): readonly string[] {
  const { page, animated } = readOptions(asked);
  const chosen = page !== undefined || animated === false;
  const left =
    pages === 1 || animation || chosen
      ? []
      : [
          `The source has ${pages} ${format === "tiff" ? "pages" : "pictures"}; the files show the first. Choose another by its page.`,
        ];
  const ofFiles = files.flatMap(({ name, file }) =>
    file.warnings.map((warning) => (files.length === 1 ? warning : `${name}: ${warning}`)),
  );
  return [...left, ...ofFiles];
}
