import { giveKey, keyQuestion } from "../api/session-key.ts";
import { texts } from "../texts.ts";
import { Dialog } from "../ui/dialog.tsx";
import { textIn } from "../ui/text-in.ts";

/** Asks for the API key when the service does. */
export function KeyDialog() {
  const question = keyQuestion.value;
  if (question === undefined) return null;
  return (
    <Dialog title={texts.key.title}>
      <form
        class="column"
        onSubmit={(event) => {
          event.preventDefault();
          giveKey(textIn(event.currentTarget, "key"));
        }}
      >
        {question.wasWrong && (
          <p class="fault-text" role="alert">
            {texts.key.wrong}
          </p>
        )}
        <label>
          {texts.key.label}
          <input name="key" type="password" required autocomplete="off" spellcheck={false} />
        </label>
        <p class="quiet">{texts.key.hint}</p>
        <button type="submit" class="button primary">
          {texts.key.give}
        </button>
      </form>
    </Dialog>
  );
}
