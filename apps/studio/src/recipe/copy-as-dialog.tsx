import { useSignal } from "@preact/signals";
import { Copy } from "lucide";

import { sessionKey } from "../api/session-key.ts";
import { texts } from "../texts.ts";
import { copyText } from "../ui/copy-text.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { asCommand, asCurl, asTypeScript } from "./copy-as.ts";
import { recipe } from "./recipe-state.ts";
import { callOf } from "./recipe.ts";

interface CopyAsProps {
  readonly filename: string;
  /** Where the files are that were made last. */
  readonly addresses: readonly string[];
  readonly onClose: () => void;
}

type Way = keyof typeof texts.recipe.copies;

/** The recipe as something to run elsewhere. */
export function CopyAsDialog({ filename, addresses, onClose }: CopyAsProps) {
  const way = useSignal<Way>("curl");
  const needsKey = sessionKey() !== undefined;
  const context = { origin: location.origin, filename, needsKey };
  const call = callOf(recipe.value);
  const codes: Record<Way, () => string | undefined> = {
    curl: () => asCurl(call, context),
    typescript: () => asTypeScript(call, context),
    command: () => asCommand(call, context),
    json: () => JSON.stringify(call, null, 2),
    link: () => (addresses.length > 0 ? addresses.join("\n") : undefined),
  };
  const code = codes[way.value]();
  const why = way.value === "link" ? texts.recipe.noLink : texts.recipe.noCommand;
  return (
    <Dialog title={texts.recipe.copyAs} onClose={onClose}>
      <div class="tabs" role="tablist" aria-label={texts.recipe.copyAs}>
        {Object.entries(texts.recipe.copies).map(([name, title]) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={way.value === name}
            onClick={() => {
              way.value = name as Way;
            }}
          >
            {title}
          </button>
        ))}
      </div>
      {code === undefined ? (
        <p class="quiet">{why}</p>
      ) : (
        <>
          <pre
            class="code"
            role="tabpanel"
            aria-label={texts.recipe.copies[way.value]}
            tabIndex={0}
          >
            {code}
          </pre>
          <button type="button" class="button primary" onClick={() => void copyText(code)}>
            <Icon of={Copy} />
            {texts.copy}
          </button>
        </>
      )}
    </Dialog>
  );
}
