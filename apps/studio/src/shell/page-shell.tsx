import { useSignal } from "@preact/signals";
import {
  Activity,
  BookOpen,
  Images,
  ListChecks,
  MoonStar,
  Sparkles,
  Sun,
  SunMoon,
  Wand2,
} from "lucide";
import { useEffect } from "preact/hooks";

import { connection } from "../api/connection.ts";
import { GeneratePage } from "../generate/generate-page.tsx";
import { GlancePage } from "../glance/glance-page.tsx";
import { JobsPage } from "../jobs/jobs-page.tsx";
import { droppedFiles } from "../library/dropped-files.ts";
import { LibraryPage } from "../library/library-page.tsx";
import { PicturePage } from "../library/picture-page.tsx";
import { UploadTray } from "../library/upload-tray.tsx";
import { startUploads } from "../library/uploads.ts";
import { RecipePage } from "../recipe/recipe-page.tsx";
import { hrefOf, route } from "../route.ts";
import { texts } from "../texts.ts";
import { Announcements } from "../ui/announcements.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { KeyDialog } from "./key-dialog.tsx";
import { nextTheme, theme } from "./theme.ts";

const pages = [
  { page: "library", title: texts.pages.library, icon: Images, Page: LibraryPage },
  { page: "recipe", title: texts.pages.recipe, icon: Wand2, Page: RecipePage },
  { page: "generate", title: texts.pages.generate, icon: Sparkles, Page: GeneratePage },
  { page: "jobs", title: texts.pages.jobs, icon: ListChecks, Page: JobsPage },
  { page: "glance", title: texts.pages.glance, icon: Activity, Page: GlancePage },
] as const;

const themeIcons = { system: SunMoon, light: Sun, dark: MoonStar };

/** The page around all pages: where one goes, what is dropped, and what the service has to say. */
export function PageShell() {
  const { page } = route.value;
  const current = pages.find((one) => one.page === page);
  const Page = current?.Page ?? (page === "picture" ? PicturePage : LibraryPage);
  const title = current?.title ?? texts.pages.picture;
  useEffect(() => {
    document.title = `${title} · ${texts.name}`;
  }, [title]);
  return (
    <DropZone>
      <a class="skip" href="#main" onClick={skip}>
        {texts.skip}
      </a>
      <header class="top">
        <a class="brand" href={hrefOf("library")}>
          <Brand />
          <span>{texts.name}</span>
        </a>
        <nav aria-label={texts.name}>
          {pages.map((one) => (
            <a
              key={one.page}
              href={hrefOf(one.page)}
              aria-current={one === current ? "page" : undefined}
              class={page === "picture" && one.page === "library" ? "within" : undefined}
            >
              <Icon of={one.icon} />
              <span>{one.title}</span>
            </a>
          ))}
        </nav>
        <span class="grow" />
        <a class="icon-button" href="/docs" aria-label={texts.pages.docs} title={texts.pages.docs}>
          <Icon of={BookOpen} />
        </a>
        <IconButton
          of={themeIcons[theme.value]}
          label={`${texts.theme.label}: ${texts.theme[theme.value]}`}
          onClick={nextTheme}
        />
      </header>
      {connection.value === "down" && (
        <p class="banner" role="alert">
          {texts.connection.banner}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        <Page />
      </main>
      <UploadTray />
      <Toasts />
      <Announcements />
      <KeyDialog />
    </DropZone>
  );
}

/** The address after `#` names the page, so that a link to the content can't be one. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}

function Brand() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <rect x="3" y="2" width="26" height="28" rx="5" fill="currentColor" />
      <rect class="plate" x="7" y="6" width="18" height="20" rx="3" />
      <circle cx="16" cy="14" r="4" fill="currentColor" />
      <path d="M8 26c1-5 4-7.500 8-7.500s7 2.500 8 7.500z" fill="currentColor" />
    </svg>
  );
}

/** Takes pictures that are dropped or pasted anywhere. */
function DropZone({ children }: { children: preact.ComponentChildren }) {
  const isOver = useSignal(false);
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) startUploads(files);
    };
    addEventListener("paste", paste);
    return () => removeEventListener("paste", paste);
  }, []);
  return (
    <div
      class={isOver.value ? "shell dropping" : "shell"}
      data-drop={texts.uploads.dropNow}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) isOver.value = false;
      }}
      onDrop={(event) => {
        isOver.value = false;
        if (!hasFiles(event) || event.dataTransfer === null) return;
        event.preventDefault();
        void droppedFiles(event.dataTransfer).then(startUploads);
      }}
    >
      {children}
    </div>
  );
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
