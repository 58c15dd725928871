import { effect } from "@preact/signals";
import { render } from "preact";

import { connection } from "./api/connection.ts";
import { loadCatalog } from "./catalog/catalog.ts";
import { PageShell } from "./shell/page-shell.tsx";

// Again when the server comes back, if it was away.
effect(() => {
  if (connection.value === "up") void loadCatalog().catch(() => undefined);
});

render(<PageShell />, document.querySelector("#page") as Element);
