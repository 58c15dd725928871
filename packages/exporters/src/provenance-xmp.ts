import type { Provenance } from "@tintype/image-core";

import { provenanceIn } from "./provenance-in.ts";

const sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/** An XMP packet that says where a picture comes from, after what the given one says. */
export function withProvenance(xmp: string | undefined, provenance: Provenance): string {
  // What is kept may say it already, and XMP holds a property once.
  if (xmp !== undefined && provenanceIn(xmp)) return xmp;
  const description = describe(provenance);
  const end = /<\/(?<prefix>[\w.-]+):RDF\s*>/u.exec(xmp ?? "");
  if (xmp !== undefined && end)
    return `${xmp.slice(0, end.index)}${description}${xmp.slice(end.index)}`;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}">${description}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/** By the IPTC's Photo Metadata Standard: `Iptc4xmpExt:DigitalSourceType` names a term of its vocabulary. */
function describe({ digitalSourceType, model, createdAt }: Provenance): string {
  const type = digitalSourceType.includes(":")
    ? digitalSourceType
    : `${sourceTypes}${digitalSourceType}`;
  const told = [
    attribute("Iptc4xmpExt:DigitalSourceType", type),
    attribute("xmp:CreatorTool", model),
    attribute("xmp:CreateDate", createdAt),
  ].join("");
  return `<rdf:Description xmlns:rdf="${rdf}" rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"${told}/>`;
}

function attribute(name: string, value: string): string {
  return value === "" ? "" : ` ${name}="${escaped(value)}"`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
