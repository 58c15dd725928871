/** Draws `examples/cutout.png`: a small camera with soft edges on transparency, for the README's commands. */
import { writeFile } from "node:fs/promises";

import { sharp } from "@tintype/image-core";

const width = 960;
const height = 720;

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 960 720">
  <defs>
    <linearGradient id="metal" x2="0" y2="1">
      <stop offset="0" stop-color="#f4f1ea"/><stop offset=".5" stop-color="#cfc8ba"/><stop offset="1" stop-color="#8d8574"/>
    </linearGradient>
    <linearGradient id="leather" x2="0" y2="1">
      <stop offset="0" stop-color="#7a4a2c"/><stop offset="1" stop-color="#4a2a18"/>
    </linearGradient>
    <radialGradient id="glass" cx=".38" cy=".34" r=".75">
      <stop offset="0" stop-color="#9fd0ea"/><stop offset=".35" stop-color="#2f5f86"/><stop offset=".8" stop-color="#0d1c2e"/><stop offset="1" stop-color="#05090f"/>
    </radialGradient>
    <filter id="soft" x="-5%" y="-5%" width="110%" height="110%"><feGaussianBlur stdDeviation="1.1"/></filter>
    <pattern id="grain" width="9" height="9" patternUnits="userSpaceOnUse">
      <circle cx="2" cy="2" r="1.1" fill="#000" opacity=".18"/><circle cx="6.5" cy="6" r="1.1" fill="#fff" opacity=".08"/>
    </pattern>
  </defs>
  <g filter="url(#soft)">
    <rect x="330" y="196" width="84" height="40" rx="10" fill="url(#metal)"/>
    <rect x="590" y="206" width="56" height="30" rx="8" fill="#3b3a38"/>
    <path d="M424 236 L446 180 H556 L578 236 Z" fill="url(#metal)"/>
    <rect x="462" y="192" width="78" height="32" rx="5" fill="#16242f"/>
    <rect x="262" y="230" width="476" height="290" rx="34" fill="url(#metal)"/>
    <rect x="262" y="292" width="476" height="170" fill="url(#leather)"/>
    <rect x="262" y="292" width="476" height="170" fill="url(#grain)"/>
    <circle cx="500" cy="378" r="134" fill="#4c4a46"/>
    <circle cx="500" cy="378" r="124" fill="url(#metal)"/>
    <circle cx="500" cy="378" r="104" fill="#23221f"/>
    <circle cx="500" cy="378" r="82" fill="url(#glass)"/>
    <ellipse cx="472" cy="348" rx="26" ry="17" fill="#ffffff" opacity=".55" transform="rotate(-32 472 348)"/>
    <circle cx="528" cy="412" r="9" fill="#ffffff" opacity=".25"/>
    <circle cx="692" cy="262" r="13" fill="#d8432f"/>
    <rect x="292" y="252" width="62" height="22" rx="6" fill="#f6d98a"/>
  </g>
</svg>`;

await writeFile(
  new URL("../examples/cutout.png", import.meta.url),
  await sharp(Buffer.from(svg)).png({ adaptiveFiltering: true }).toBuffer(),
);
