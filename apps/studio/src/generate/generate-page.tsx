import { useSignal } from "@preact/signals";
import { ImagePlus, Sparkles, Square, X } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import type { Image } from "../api/answers.ts";
import { isAbort, messageOf } from "../api/api-failure.ts";
import { requestJson } from "../api/request.ts";
import type { OptionSchema } from "../catalog/option-schema.ts";
import { GroupInput } from "../controls/group-input.tsx";
import { OptionControl } from "../controls/option-control.tsx";
import { formatMoney } from "../format-amount.ts";
import { PicturePicker } from "../library/picture-picker.tsx";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { Icon } from "../ui/icon.tsx";
import { tellFault } from "../ui/tell-fault.ts";
import { tell } from "../ui/toasts.tsx";
import { DrawnCard } from "./drawn-card.tsx";
import { draw, drawn, type Drawing } from "./drawn.ts";
import { wish, wishSchemas, type Wish } from "./wish.ts";

/** Makes pictures from words: the wish on the left, the variations side by side on the right. */
export function GeneratePage() {
  const isDrawing = useSignal(false);
  const last = useSignal<Drawing | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const end = useRef(new AbortController());
  useEffect(() => () => end.current.abort(), []);

  const start = async () => {
    end.current = new AbortController();
    [isDrawing.value, fault.value, last.value] = [true, undefined, undefined];
    try {
      last.value = await draw(wish.peek(), end.current.signal);
      tell(texts.generate.done(last.value.count));
    } catch (error) {
      if (!isAbort(error)) fault.value = messageOf(error);
    }
    isDrawing.value = false;
  };

  const spent = drawn.value.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const complaints = [...(last.value?.failures ?? []), ...(last.value?.warnings ?? [])];
  return (
    <div class="generate">
      <section class="panel wish" aria-label={texts.generate.wish}>
        <h1>{texts.generate.title}</h1>
        <WishForm isDrawing={isDrawing.value} onStart={() => void start()} />
        {isDrawing.value && (
          <button type="button" class="button" onClick={() => end.current.abort()}>
            <Icon of={Square} size={15} />
            {texts.cancel}
          </button>
        )}
      </section>
      <section
        class="variations"
        aria-label={texts.generate.variations}
        aria-busy={isDrawing.value}
      >
        <header class="row wrap">
          <h2 class="grow">{texts.generate.variations}</h2>
          {drawn.value.length > 0 && (
            <small>{texts.generate.spent(drawn.value.length, formatMoney(spent))}</small>
          )}
        </header>
        <Fault of={fault} />
        {complaints.map((complaint) => (
          <p key={complaint} class="warning">
            {complaint}
          </p>
        ))}
        {drawn.value.length === 0 && !isDrawing.value && (
          <div class="empty">
            <Icon of={Sparkles} size={40} />
            <strong>{texts.generate.empty}</strong>
            <p>{texts.generate.emptyHint}</p>
          </div>
        )}
        <ul class="drawn">
          {isDrawing.value &&
            Array.from({ length: Number(wish.value.options["count"] ?? 1) }, (_, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- they are all the same
              <li key={`wait-${index}`} class="version drawing">
                <div class="version-picture" />
                <p class="quiet">{texts.generate.drawing}</p>
              </li>
            ))}
          {drawn.value.map((one) => (
            <li key={one.id}>
              <DrawnCard one={one} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function change(next: Partial<Wish>): void {
  wish.value = { ...wish.value, ...next };
}

function WishForm({ isDrawing, onStart }: { isDrawing: boolean; onStart: () => void }) {
  const [usual, rest] = wishSchemas.value ?? [];
  return (
    <form
      class="column"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isDrawing) onStart();
      }}
    >
      <label>
        {texts.generate.prompt}
        <textarea
          rows={4}
          required
          maxLength={8000}
          placeholder={texts.generate.example}
          value={wish.value.prompt}
          onInput={({ currentTarget }) => change({ prompt: currentTarget.value })}
          onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
            if (key === "Enter" && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
          }}
        />
      </label>
      {usual && rest && (
        <>
          <Options schema={usual} />
          <References />
          <details class="fold">
            <summary>{texts.more}</summary>
            <Options schema={rest} />
          </details>
        </>
      )}
      <button type="submit" class="button primary" aria-disabled={isDrawing}>
        <Icon of={Sparkles} size={17} />
        {isDrawing ? texts.generate.drawing : texts.generate.start}
      </button>
    </form>
  );
}

function Options({ schema }: { schema: OptionSchema }) {
  return (
    <GroupInput
      draw={OptionControl}
      label={texts.generate.wish}
      schema={schema}
      value={wish.value.options}
      onChange={(options) => change({ options })}
    />
  );
}

function References() {
  const isPicking = useSignal(false);
  const { references } = wish.value;
  const add = (id: string) =>
    tellFault(async () => {
      isPicking.value = false;
      const { name } = await requestJson<Image>(`/api/v1/images/${id}/info`);
      const rest = references.filter((one) => one.id !== id);
      change({ references: [...rest, { id, name }] });
    });
  return (
    <div class="references" role="group" aria-label={texts.generate.references}>
      {references.map(({ id, name }) => (
        <span key={id} class="chip with-button">
          {name}
          <button
            type="button"
            aria-label={`${texts.remove}: ${name}`}
            onClick={() => change({ references: references.filter((one) => one.id !== id) })}
          >
            <Icon of={X} size={14} />
          </button>
        </span>
      ))}
      <button
        type="button"
        class="button dashed"
        onClick={() => {
          isPicking.value = true;
        }}
      >
        <Icon of={ImagePlus} size={16} />
        {texts.generate.addReference}
      </button>
      {isPicking.value && (
        <PicturePicker
          onPick={(id) => void add(id)}
          onClose={() => {
            isPicking.value = false;
          }}
        />
      )}
    </div>
  );
}
