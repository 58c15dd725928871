import { basename, dirname, resolve } from "node:path";

import type { Settings } from "@tintype/config";
import { createFolderStorage, createStorage } from "@tintype/runtime";
import { parseKey, parsePrefix, type ListedObject, type Storage } from "@tintype/storage";
import { InvalidArgumentError, type Command } from "commander";

import { openInput } from "../read-input.ts";
import { byteSize, table, write, type Terminal } from "../terminal.ts";
import { usageError } from "../usage-error.ts";

interface PutFlags {
  readonly type?: string;
  readonly cacheControl?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly ifAbsent?: true;
}

/** Adds the commands over the storage that the settings name: put, get, ls, rm, url, cp and reconcile. */
export function addStorageCommands(program: Command, settings: Settings, terminal: Terminal): void {
  const { signal, stdout } = terminal;
  const group = program.command("storage").description("Work on the files in the storage.");
  const opened = async () => createStorage(settings);
  const say = async (text: string) => write(stdout, `${text}\n`);

  group
    .command("put")
    .description("Store a file, and print its key.")
    .argument("<file>", "a file; - is standard input")
    .argument("<key>", "the key to store it under")
    .option("--type <media-type>", "its media type (default: from the key's extension)")
    .option("--cache-control <text>", "the header Cache-Control that it is served with")
    .option("--metadata <name=value>", "keep this with it; repeat it for more", metadata)
    .option("--if-absent", "refuse a key that is taken")
    .action(async (file: string, key: string, { type, ...flags }: PutFlags) => {
      const body = await openInput(file, terminal);
      const options = { ...flags, mediaType: type, signal };
      const object = await (await opened()).put(parseKey(key), body, options);
      await say(`${object.key}  ${byteSize(object.bytes)}`);
    });

  group
    .command("get")
    .description("Fetch a file out of the storage.")
    .argument("<key>", "its key")
    .argument("[file]", "where it goes (default: here, by its own name); - is standard output")
    .action(async (key: string, file: string = basename(key)) => {
      const { body } = await (await opened()).get(parseKey(key), { signal });
      if (file === "-") {
        for await (const chunk of body) await write(stdout, chunk);
        return;
      }
      // A storage writes whole files or none.
      const folder = await createFolderStorage(dirname(resolve(file)));
      await folder.put(parseKey(basename(file)), body, { signal });
    });

  group
    .command("ls")
    .description("List the files, by key.")
    .argument("[prefix]", "only keys that start so", "")
    .option("--json", "print JSON")
    .action(async (prefix: string, { json }: { json?: boolean }) => {
      const objects: ListedObject[] = [];
      const listing = (await opened()).list({ prefix: parsePrefix(prefix), signal });
      for await (const { key, bytes, lastModified, etag } of listing)
        objects.push({ key, bytes, lastModified, etag });
      await (json === true ? say(JSON.stringify(objects, null, 2)) : write(stdout, rows(objects)));
    });

  group
    .command("rm")
    .description("Remove files; one that is not there is fine.")
    .argument("<keys...>", "their keys")
    .option("-r, --recursive", "take each key for a folder and remove what is in it")
    .action(async (keys: readonly string[], { recursive }: { recursive?: boolean }) => {
      const storage = await opened();
      for (const key of keys.map(parseKey)) {
        if (recursive !== true) await storage.delete(key, { signal });
        else await removeFolder(storage, `${key}/`, signal);
      }
    });

  group
    .command("url")
    .description("Print the address of a file.")
    .argument("<key>", "its key")
    .option("--expires <seconds>", "sign it, and let it end after this time", seconds)
    .option("--download <name>", "offer the file as a download of this name")
    .action(async (key: string, flags: { expires?: number; download?: string }) => {
      const options = { expiresInSeconds: flags.expires, downloadName: flags.download };
      await say(await (await opened()).url(parseKey(key), options));
    });

  group
    .command("reconcile")
    .description("Bring home what the second storage alone holds, and let a mirror catch up.")
    .action(async () => {
      const storage = await opened();
      if (!("reconcile" in storage)) throw usageError("There is no STORAGE_SECONDARY.");
      const { broughtHome, mirrored } = await storage.reconcile({ signal });
      await say(`${broughtHome} brought home, ${mirrored} mirrored`);
    });

  group
    .command("cp")
    .description("Copy a file inside the storage, with its attributes.")
    .argument("<from>", "its key")
    .argument("<to>", "the key of the copy")
    .action(async (from: string, to: string) => {
      await (await opened()).copy(parseKey(from), parseKey(to), { signal });
    });
}

async function removeFolder(storage: Storage, folder: string, signal?: AbortSignal) {
  for await (const { key } of storage.list({ prefix: parsePrefix(folder), signal }))
    await storage.delete(key, { signal });
}

function rows(objects: readonly ListedObject[]): string {
  return table(
    objects.map(({ key, bytes, lastModified }) => [
      lastModified.toISOString().slice(0, 19).replace("T", " "),
      byteSize(bytes).padStart(8),
      key,
    ]),
  );
}

function metadata(text: string, before: Readonly<Record<string, string>> = {}) {
  const [name = "", ...value] = text.split("=");
  if (value.length === 0) throw new InvalidArgumentError("Expected name=value.");
  return { ...before, [name]: value.join("=") };
}

function seconds(text: string): number {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number of seconds.");
}
