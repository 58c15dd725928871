import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

// Loads each entry point named on the command line in both ways, and says whether they gave the same module.
for (const name of process.argv.slice(2)) {
  const imported = await import(name);
  console.log(`${name} ${require(name) === imported && Object.keys(imported).length > 0}`);
}
