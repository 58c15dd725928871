import { useSignal } from "@preact/signals";
import { Columns2, Maximize, ZoomIn, ZoomOut } from "lucide";
import { useEffect, useRef } from "preact/hooks";

import { storedSignal } from "../stored-signal.ts";
import { texts } from "../texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { pageZoom } from "../ui/page-zoom.ts";

interface ViewerProps {
  readonly label: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly isUpdating: boolean;
  /** How many px one px of `after` stands for; one when left out. */
  readonly grain?: number;
  /** How large it is at first; left out, it is fitted in. */
  readonly scale?: number;
  /** How large it may be to be fitted in. */
  readonly largest?: number;
  /** Shown below the picture. */
  readonly note: string;
}

const backdrop = storedSignal("backdrop", "checkerboard", (kept) => typeof kept === "string");
const isSplit = storedSignal("split", true, (kept) => typeof kept === "boolean");
const zooms = { min: 0.1, max: 16, step: 1.25 };

/** A picture to look at closely: before and after, larger, and over any backdrop. */
export function Viewer(props: ViewerProps) {
  const { label, before, after, isUpdating, note, grain = 1, largest = 1 } = props;
  const stage = useRef<HTMLDivElement>(null);
  const split = useSignal(50);
  /** Undefined fits the picture in. */
  const zoom = useSignal(props.scale);
  const natural = useSignal({ width: 1, height: 1 });
  const room = useSignal({ width: 1, height: 1 });
  /** A px of the picture is one of the screen, however large the page is drawn. */
  const px = useSignal(1);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) room.value = entry.contentRect;
      if (stage.current) px.value = 1 / pageZoom(stage.current);
    });
    if (stage.current) observer.observe(stage.current);
    return () => observer.disconnect();
  }, []);
  const fitting = Math.min(
    largest,
    (room.value.width - 32) / (natural.value.width * px.value),
    (room.value.height - 32) / (natural.value.height * px.value),
  );
  const scale = zoom.value ?? Math.max(0.02, fitting);
  const setZoom = (next: number) => {
    zoom.value = Math.min(zooms.max, Math.max(zooms.min, next));
  };
  const hasSplit = isSplit.value && before !== undefined && after !== undefined;
  const size = {
    width: `${natural.value.width * scale * px.value}px`,
    height: `${natural.value.height * scale * px.value}px`,
  };
  // Who zooms in looks for pixels; a preview that fills a large screen shows a picture.
  const look = zoom.value !== undefined && scale >= 2 ? "pixel" : "";
  return (
    <section class="viewer" aria-label={label}>
      <div
        ref={stage}
        class="stage"
        data-backdrop={backdrop.value === "checkerboard" ? "checkerboard" : "color"}
        style={{ "--backdrop": backdrop.value }}
        tabIndex={0}
        role="group"
        aria-label={label}
        aria-busy={isUpdating}
        onWheel={(event) => {
          if (!event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          setZoom(scale * (event.deltaY < 0 ? zooms.step : 1 / zooms.step));
        }}
        onKeyDown={({ key }) => {
          if (key === "+" || key === "=") setZoom(scale * zooms.step);
          if (key === "-") setZoom(scale / zooms.step);
          if (key === "0") zoom.value = undefined;
          if (key === "1") setZoom(1);
        }}
        onPointerDown={dragToScroll}
      >
        {after === undefined ? (
          <span class="stage-wait">{texts.loading}</span>
        ) : (
          <div class="canvas" style={size}>
            <img
              class={look}
              src={after}
              alt={texts.viewer.after}
              draggable={false}
              onLoad={({ currentTarget }) => {
                natural.value = {
                  width: currentTarget.naturalWidth * grain,
                  height: currentTarget.naturalHeight * grain,
                };
              }}
            />
            {hasSplit && (
              <>
                <div class="before" style={{ clipPath: `inset(0 ${100 - split.value}% 0 0)` }}>
                  <img class={look} src={before} alt={texts.viewer.before} draggable={false} />
                </div>
                <div class="split-line" style={{ left: `${split.value}%` }} />
                <input
                  class="split"
                  type="range"
                  min={0}
                  max={100}
                  step={0.5}
                  value={split.value}
                  aria-label={texts.viewer.slider}
                  onInput={({ currentTarget }) => {
                    split.value = currentTarget.valueAsNumber;
                  }}
                />
              </>
            )}
          </div>
        )}
      </div>
      <div class="viewer-bar">
        <span class={isUpdating ? "note updating" : "note"} role="status">
          {note}
        </span>
        <div class="row tight">
          <IconButton
            of={Columns2}
            aria-pressed={isSplit.value}
            label={texts.viewer.compare}
            onClick={() => {
              isSplit.value = !isSplit.value;
            }}
          />
          <Backdrops />
          <IconButton
            of={ZoomOut}
            label={texts.viewer.zoomOut}
            onClick={() => setZoom(scale / zooms.step)}
          />
          <button type="button" class="zoom" title={texts.viewer.actual} onClick={() => setZoom(1)}>
            {texts.viewer.zoom(Math.round(scale * 100))}
          </button>
          <IconButton
            of={ZoomIn}
            label={texts.viewer.zoomIn}
            onClick={() => setZoom(scale * zooms.step)}
          />
          <IconButton
            of={Maximize}
            label={texts.viewer.fit}
            onClick={() => {
              zoom.value = undefined;
            }}
          />
        </div>
      </div>
    </section>
  );
}

function Backdrops() {
  return (
    <div class="backdrops" role="group" aria-label={texts.viewer.backdrop}>
      <button
        type="button"
        class="swatch checkerboard"
        aria-label={texts.viewer.checkerboard}
        title={texts.viewer.checkerboard}
        aria-pressed={backdrop.value === "checkerboard"}
        onClick={() => {
          backdrop.value = "checkerboard";
        }}
      />
      <input
        type="color"
        class="swatch"
        aria-label={texts.viewer.color}
        title={texts.viewer.color}
        value={backdrop.value === "checkerboard" ? "#ffffff" : backdrop.value}
        onInput={({ currentTarget }) => {
          backdrop.value = currentTarget.value;
        }}
      />
    </div>
  );
}

/** Moves a picture that is larger than its stage along with the pointer. */
function dragToScroll(event: PointerEvent): void {
  const stage = event.currentTarget as HTMLElement;
  if ((event.target as Element).matches("input") || event.button !== 0) return;
  const from = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
  const move = ({ clientX, clientY }: PointerEvent) => {
    stage.scrollTo(from.x - clientX, from.y - clientY);
  };
  const end = () => {
    stage.removeEventListener("pointermove", move);
    stage.removeEventListener("pointerup", end);
    stage.removeEventListener("pointercancel", end);
  };
  stage.setPointerCapture(event.pointerId);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", end);
}
