import { domainToASCII } from "node:url";

/** Whether a host name is in a list of names; `*.example.com` stands for every subdomain of `example.com`. */
export function matchesHost(hostname: string, list: readonly string[]): boolean {
  const name = canonical(hostname);
  return list.some((entry) =>
    entry.startsWith("*.")
      ? name.endsWith(`.${canonical(entry.slice(2))}`)
      : name === canonical(entry),
  );
}

/** `Bücher.example.` and `xn--bcher-kva.example` are the same host. */
function canonical(name: string): string {
  return (domainToASCII(name) || name.toLowerCase()).replace(/\.$/, "");
}
