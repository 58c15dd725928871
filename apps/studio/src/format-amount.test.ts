import { expect, test } from "vitest";

import {
  formatBytes,
  formatChange,
  formatMoney,
  formatSeconds,
  formatShare,
} from "./format-amount.ts";

test.each([
  [formatBytes(0), "0 B"],
  [formatBytes(999), "999 B"],
  [formatBytes(12_940), "12.9 kB"],
  [formatBytes(999_950), "1.00 MB"],
  [formatBytes(5e9), "5.00 GB"],
  [formatSeconds(0.2404), "240 ms"],
  [formatSeconds(0.9999), "1.0 s"],
  [formatSeconds(59.4), "59 s"],
  [formatSeconds(90), "2 min"],
  [formatSeconds(9000), "2.5 h"],
  [formatMoney(0), "$0.00"],
  [formatMoney(0.0067), "$0.0067"],
  [formatMoney(12.5), "$12.50"],
  [formatShare(0, 0), "–"],
  [formatShare(3, 8), "38 %"],
  [formatChange(62, 100), "−38 %"],
  [formatChange(150, 100), "+50 %"],
])("an amount is written %s", (written, expected) => {
  expect(written).toBe(expected.replaceAll(" ", "\u00a0"));
});
