import { useSignal } from "@preact/signals";
import { Gauge, Square } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import { catalog } from "../catalog/catalog.ts";
import { titleOf } from "../controls/title-of.ts";
import { formatBytes } from "../format-amount.ts";
import { changeVariant, recipe, selectedVariant } from "../recipe/recipe-state.ts";
import { stepCalls } from "../recipe/recipe.ts";
import { storedSignal } from "../stored-signal.ts";
import { texts } from "../texts.ts";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { tell } from "../ui/toasts.tsx";
import { choicesOf, measureExports, type ExportChoice, type Measured } from "./measure-exports.ts";

interface ExportTableProps {
  readonly pictureId: string;
  /** Shows a file at 1:1. */
  readonly onLook: (measured: Measured) => void;
}

const compared = storedSignal<readonly string[]>(
  "compared",
  ["jpeg", "webp", "avif", "png"],
  (kept): kept is readonly string[] => Array.isArray(kept),
);
const enough = 0.98;

/** Formats and qualities next to each other: bytes, likeness, and each picture at 1:1. */
export function ExportTable({ pictureId, onLook }: ExportTableProps) {
  const measured = useSignal<readonly Measured[]>([]);
  const isRunning = useSignal(false);
  const end = useRef(new AbortController());
  const formats = catalog.value?.formats ?? [];
  const rows = formats.filter(({ name }) => compared.value.includes(name));
  const qualities = [
    ...new Set(rows.flatMap((row) => choicesOf(row).map(({ quality }) => quality))),
  ].toSorted((a, b) => (a ?? 101) - (b ?? 101));
  const best = measured.value
    .filter(({ similarity = 0 }) => similarity >= enough)
    .toSorted((a, b) => a.file.size - b.file.size)[0];
  useEffect(() => () => end.current.abort(), [pictureId]);

  const run = async () => {
    end.current = new AbortController();
    measured.value = [];
    isRunning.value = true;
    const steps = [...recipe.peek().steps, ...selectedVariant.peek().steps];
    await tellFault(() =>
      measureExports(
        pictureId,
        stepCalls(steps),
        rows.flatMap(choicesOf),
        (one) => {
          measured.value = [...measured.value, one];
        },
        end.current.signal,
      ),
    );
    isRunning.value = false;
  };

  return (
    <section class="panel" aria-label={texts.exports.title}>
      <header class="row">
        <h2 class="grow">{texts.exports.title}</h2>
        {isRunning.value ? (
          <button type="button" class="button" onClick={() => end.current.abort()}>
            <Icon of={Square} />
            {texts.exports.stop}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            disabled={rows.length === 0}
            onClick={() => void run()}
          >
            <Icon of={Gauge} />
            {texts.exports.run}
          </button>
        )}
      </header>
      <p class="quiet">{texts.exports.hint}</p>
      <div class="chips" role="group" aria-label={texts.variants.format}>
        {formats.map(({ name }) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={compared.value.includes(name)}
            onClick={() => {
              compared.value = compared.value.includes(name)
                ? compared.value.filter((one) => one !== name)
                : [...compared.value, name];
            }}
          >
            {name}
          </button>
        ))}
      </div>
      {measured.value.length > 0 && (
        <div class="scroll-x" tabIndex={0} role="group" aria-label={texts.exports.title}>
          <table class="exports" aria-busy={isRunning.value}>
            <thead>
              <tr>
                <th scope="col">{texts.variants.format}</th>
                {qualities.map((quality) => (
                  <th key={quality} scope="col">
                    {quality ?? texts.exports.lossless}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {qualities.map((quality) => (
                    <td key={quality}>
                      <Cell
                        measured={measured.value.find(
                          (one) => one.format === name && one.quality === quality,
                        )}
                        best={best}
                        onLook={onLook}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {best && (
        <p class="row wrap best">
          <span class="grow">
            {texts.exports.smallest}: <strong>{choiceText(best)}</strong>,{" "}
            {formatBytes(best.file.size)}
          </span>
          <button
            type="button"
            class="button primary"
            onClick={() => {
              const { format, quality } = best;
              const options = quality === undefined ? {} : { quality };
              changeVariant(selectedVariant.peek().id, { format, options });
              tell(texts.exports.used(choiceText(best)));
            }}
          >
            {texts.exports.use}
          </button>
        </p>
      )}
    </section>
  );
}

interface CellProps {
  readonly measured: Measured | undefined;
  readonly best: Measured | undefined;
  readonly onLook: (measured: Measured) => void;
}

function Cell({ measured, best, onLook }: CellProps) {
  if (measured === undefined) return null;
  const { file, similarity } = measured;
  return (
    <button
      type="button"
      class={measured === best ? "cell best" : "cell"}
      aria-label={`${choiceText(measured)}: ${formatBytes(file.size)}`}
      onClick={() => onLook(measured)}
    >
      <strong>{formatBytes(file.size)}</strong>
      <small>
        {similarity === undefined ? texts.exports.noSsim : texts.exports.ssim(similarity)}
      </small>
    </button>
  );
}

/** What people call a choice. */
export function choiceText({ format, quality }: ExportChoice): string {
  const title = titleOf(format);
  return quality === undefined ? title : texts.exports.cell(title, String(quality));
}
