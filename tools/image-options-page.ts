import type { DeclaredOption } from "@tintype/delivery";

/** The reference page of what an image's address may ask for, in Markdown. */
export function renderImageOptionsPage(
  options: Readonly<Record<"pass" | "file", readonly DeclaredOption[]>>,
): string {
  return `# Options of images by URL

An option is written as \`NAME:ARGUMENT:ARGUMENT\` between slashes, by its long name or a short one; arguments that are left
empty keep what they were. ON is \`1\`, \`t\` or \`true\`; everything else is off. Options come in any order, the later one
wins, and \`/-/\` begins another pass over what the ones before made. [How addresses are signed and answered](delivery.md).

## The picture

Within a pass, in this order: trim, turn, crop, scale, mirror, cut to size, colors and filters, extend, padding, background,
watermark.

${tableOf(options.pass)}

## The file

These hold for the file as a whole, in whichever pass they stand.

${tableOf(options.file)}

\`preset\`, or \`pr\`, stands for the options of presets that \`IMG_PRESETS\` names: \`pr:card:sepia\`.
`;
}

function tableOf(options: readonly DeclaredOption[]): string {
  const rows = options.map(
    ({ names, takes, summary }) =>
      `| ${names.map((name) => `\`${name}\``).join(" ")} | ${takes.map((one) => `\`${one}\``).join(" ")} | ${summary} |`,
  );
  return ["| Option | Arguments | Does |", "| --- | --- | --- |", ...rows].join("\n");
}
