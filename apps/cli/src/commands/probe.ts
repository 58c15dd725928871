import type { Settings } from "@tintype/config";
import { probe } from "@tintype/exporters";

import { readInput } from "../read-input.ts";
import { table, write, type Terminal } from "../terminal.ts";

/** Shows what the header and the metadata of a picture say. */
export async function probeCommand(
  file: string,
  { json }: { readonly json?: boolean },
  { limits }: Settings,
  terminal: Terminal,
): Promise<void> {
  const probed = await probe(await readInput(file, terminal), {
    maxBytes: limits.maxImageBytes,
    maxPixels: limits.maxPixels,
    maxSide: limits.maxSide,
  });
  if (json === true) return write(terminal.stdout, `${JSON.stringify(probed, null, 2)}\n`);
  const { source, exif, iptc, xmp } = probed;
  return write(
    terminal.stdout,
    [
      section("File", source),
      ...Object.entries(exif).map(([group, tags]) => section(`EXIF ${group}`, tags)),
      section("IPTC", iptc),
      section("XMP", xmp),
    ]
      .filter((text) => text !== "")
      .join("\n"),
  );
}

function section(title: string, values: object): string {
  const rows = Object.entries(values).map(([name, value]) => [`  ${name}`, oneLine(value)]);
  return rows.length === 0 ? "" : `${title}\n${table(rows)}`;
}

/** A value on one line; a file's own text must not steer the terminal. */
function oneLine(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ");
}
