import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import type { Glance, Readiness } from "../api/answers.ts";
import { isAbort, messageOf } from "../api/api-failure.ts";
import { connection } from "../api/connection.ts";
import { readiness } from "../api/readiness.ts";
import { titleOf } from "../controls/title-of.ts";
import {
  formatBytes,
  formatCount,
  formatMoney,
  formatSeconds,
  formatShare,
} from "../format-amount.ts";
import { hrefOf } from "../route.ts";
import { texts } from "../texts.ts";
import { Fault } from "../ui/fault.tsx";
import { glances, ratesOf, takeGlance } from "./glance-history.ts";
import { Sparkline } from "./sparkline.tsx";

const lookEveryMs = 4000;

/** How the service is doing: throughput, latency, queue, caches, costs, errors, and what it leans on. */
export function GlancePage() {
  const ready = useSignal<Readiness | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  useEffect(() => {
    const end = new AbortController();
    const look = async () => {
      if (connection.peek() === "down" || document.hidden) return;
      try {
        [ready.value] = await Promise.all([readiness(end.signal), takeGlance(end.signal)]);
        fault.value = undefined;
      } catch (error) {
        if (!isAbort(error)) fault.value = messageOf(error);
      }
    };
    const stop = connection.subscribe(() => void look());
    const timer = setInterval(() => void look(), lookEveryMs);
    return () => {
      end.abort();
      clearInterval(timer);
      stop();
    };
  }, []);
  const now = glances.value.at(-1);
  return (
    <div class="page narrow">
      <header class="page-head">
        <h1>{texts.glance.title}</h1>
        {now && <small>{texts.glance.since(formatSeconds(now.sinceSeconds))}</small>}
      </header>
      <Fault of={fault} />
      {now === undefined && fault.value === undefined && <p class="quiet">{texts.loading}</p>}
      {now && <Tiles now={now} />}
      {ready.value && <Dependencies ready={ready.value} />}
    </div>
  );
}

function Tiles({ now }: { now: Glance }) {
  const { images, requests, jobs, caches, generators } = now;
  const { glance: say } = texts;
  const rates = ratesOf(glances.value, (one) => one.images.succeeded);
  const hits = caches.reduce((sum, one) => sum + one.hits, 0);
  const reads = caches.reduce((sum, one) => sum + one.hits + one.misses, 0);
  const cost = generators.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const failed = images.failed + requests.failed + (jobs.ended["failed"] ?? 0);
  return (
    <div class="tiles">
      <Tile title={say.throughput} value={formatCount(images.succeeded)} unit={say.pictures}>
        <Sparkline values={rates} label={say.perMinute(rates.at(-1) ?? 0)} />
        <Facts
          of={{
            [say.now]: say.perMinute(rates.at(-1) ?? 0),
            [say.inWork]: say.inWorkOf(images.running, images.waiting),
            [say.written]: formatBytes(images.bytesWritten),
          }}
        />
      </Tile>
      <Tile title={say.latency} value={secondsOrNone(images.seconds.median)} unit={say.median}>
        <Sparkline
          values={glances.value.map((one) => one.images.seconds.median ?? 0)}
          label={`${say.median}: ${secondsOrNone(images.seconds.median)}`}
        />
        <Facts
          of={{
            [say.slowest]: secondsOrNone(images.seconds.p95),
            [say.request]: secondsOrNone(requests.seconds.median),
            [say.slowestRequest]: secondsOrNone(requests.seconds.p95),
          }}
        />
      </Tile>
      <Tile title={say.queue} value={formatCount(jobs.queued)} unit={say.waiting}>
        <Sparkline
          values={glances.value.map((one) => one.jobs.queued + one.jobs.running)}
          label={`${say.queue}: ${jobs.queued}`}
        />
        <Facts
          of={{
            [say.running]: formatCount(jobs.running),
            [say.oldest]: jobs.oldestSeconds > 0 ? formatSeconds(jobs.oldestSeconds) : "–",
            [say.retries]: formatCount(jobs.retries),
          }}
        />
      </Tile>
      <Tile title={say.caches} value={formatShare(hits, reads)} unit={say.found}>
        {caches.length === 0 && <p class="quiet">{say.noCache}</p>}
        {caches.map((one) => (
          <label key={one.name} class="meter">
            <span class="grow">{titleOf(one.name)}</span>
            <small>{say.hitsOf(one.hits, one.hits + one.misses)}</small>
            <meter max={Math.max(1, one.hits + one.misses)} value={one.hits} />
          </label>
        ))}
      </Tile>
      <Tile title={say.cost} value={formatMoney(cost)} unit={say.spent}>
        {generators.length === 0 && <p class="quiet">{say.noGenerator}</p>}
        <Facts
          of={Object.fromEntries(
            generators.map(({ name, calls, costUsd }) => [
              titleOf(name),
              `${say.calls(calls)} · ${formatMoney(costUsd)}`,
            ]),
          )}
        />
      </Tile>
      <Tile title={say.errors} value={formatCount(failed)} unit={say.failures} isBad={failed > 0}>
        <Facts
          of={{
            [say.failedPictures]: formatCount(images.failed),
            [say.failedJobs]: formatCount(jobs.ended["failed"] ?? 0),
            [say.serverErrors]: formatCount(requests.failed),
            [say.refused]: formatCount(requests.refused),
          }}
        />
        <a href={hrefOf("jobs", { state: "failed" })}>{say.deadLetters}</a>
      </Tile>
    </div>
  );
}

interface TileProps {
  readonly title: string;
  readonly value: string;
  readonly unit: string;
  readonly isBad?: boolean;
  readonly children: ComponentChildren;
}

function Tile({ title, value, unit, isBad = false, children }: TileProps) {
  return (
    <section class={isBad ? "panel tile bad" : "panel tile"} aria-label={title}>
      <h2>{title}</h2>
      <p class="tile-value">
        <strong>{value}</strong> <small>{unit}</small>
      </p>
      {children}
    </section>
  );
}

function Facts({ of }: { of: Readonly<Record<string, string>> }) {
  return (
    <dl class="facts">
      {Object.entries(of).map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Dependencies({ ready: { dependencies } }: { ready: Readiness }) {
  return (
    <section class="panel" aria-label={texts.glance.dependencies}>
      <h2>{texts.glance.dependencies}</h2>
      <ul class="dependencies">
        {dependencies.map(({ name, state, latencyMs, message }) => (
          <li key={name} class={state}>
            <span class="dot" aria-hidden="true" />
            <strong>{titleOf(name)}</strong>
            <small>
              {texts.glance.states[state]}
              {state === "up" ? ` · ${texts.viewer.took(latencyMs)}` : ` · ${message ?? ""}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function secondsOrNone(value: number | null): string {
  return value === null ? "–" : formatSeconds(value);
}
