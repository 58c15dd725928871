/** The round constants of FIPS 180-4: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
const constants = Uint32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)));
/** The initial state: the same of the square roots of the first 8 primes. */
const initial = Uint32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)));

const blockBytes = 64;

/**
 * HMAC-SHA256 (RFC 2104, FIPS 180-4). Here and not from Web Crypto, which answers asynchronously and is missing on pages
 * without https: an address has to be a plain text wherever a template asks for it.
 */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockBytes);
  block.set(key.length > blockBytes ? sha256(key) : key);
  const inner = sha256(joined(xored(block, 0x36), message));
  return sha256(joined(xored(block, 0x5c), inner));
}

/** The SHA-256 digest of some bytes (FIPS 180-4). */
export function sha256(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const state = initial.slice();
  for (let at = 0; at < padded.byteLength; at += blockBytes) compress(state, padded, at);
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, value] of state.entries()) digest.setUint32(index * 4, value);
  return new Uint8Array(digest.buffer);
}

/** The message, a one bit, zeros, and the message's length in bits, in whole blocks. */
function pad(message: Uint8Array): DataView {
  const blocks = Math.ceil((message.length + 9) / blockBytes);
  const padded = new Uint8Array(blocks * blockBytes);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);
  return view;
}

function compress(state: Uint32Array, message: DataView, at: number): void {
  const schedule = new Uint32Array(64);
  for (let index = 0; index < 64; index += 1) {
    if (index < 16) {
      schedule[index] = message.getUint32(at + index * 4);
      continue;
    }
    const [early, late] = [word(schedule, index - 15), word(schedule, index - 2)];
    const small0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const small1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    schedule[index] = word(schedule, index - 16) + small0 + word(schedule, index - 7) + small1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let index = 0; index < 64; index += 1) {
    const sum1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + word(constants, index) + word(schedule, index)) | 0;
    const sum0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + sum0 + majority) | 0];
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) {
    state[index] = word(state, index) + value;
  }
}

function word(words: Uint32Array, index: number): number {
  return words[index] as number;
}

function turned(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

function fraction(value: number): number {
  return Math.floor((value % 1) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

function xored(bytes: Uint8Array, mask: number): Uint8Array {
  return bytes.map((byte) => byte ^ mask);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
