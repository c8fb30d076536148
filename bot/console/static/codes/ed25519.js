// Verify Ed25519: by the browser where it can, else by the arithmetic of RFC 8032 below, which is slow
// (some 20 ms) and needs not be constant in time, for nothing in it is secret.
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (a) => ((a % P) + P) % P;

function power(base, exponent) {
  let result = 1n;
  for (let b = mod(base), e = exponent; e; e >>= 1n, b = mod(b * b)) if (e & 1n) result = mod(result * b);
  return result;
}

const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);
const BASE = point(
  15112221349535400772501151409588531511454012693041857206046113283949847762202n,
  46316835694926478169428394003475163141307993866256225615783033603165251855960n,
);
const NEUTRAL = { x: 0n, y: 1n, z: 1n, t: 0n };

function point(x, y) {
  return { x, y, z: 1n, t: mod(x * y) };
}

function add(p, q) {
  const a = mod((p.y - p.x) * (q.y - q.x)), b = mod((p.y + p.x) * (q.y + q.x));
  const c = mod(2n * D * p.t * q.t), d = mod(2n * p.z * q.z);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

const number = (bytes) => bytes.reduceRight((sum, one) => (sum << 8n) | BigInt(one), 0n);

function read(bytes) {
  const whole = number(bytes), sign = whole >> 255n, y = whole & ((1n << 255n) - 1n);
  if (y >= P) return null;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x) !== square) x = mod(x * ROOT);
  if (mod(x * x) !== square || (x === 0n && sign)) return null;
  return point((x & 1n) === sign ? x : mod(-x), y);
}

function written(p) {
  const z = power(p.z, P - 2n), x = mod(p.x * z), y = mod(p.y * z);
  return y | ((x & 1n) << 255n);
}

export async function fitsByHand(key, message, signature) {
  const a = read(key), s = number(signature.slice(32));
  if (!a || s >= L || signature.length !== 64) return false;
  const whole = new Uint8Array([...signature.slice(0, 32), ...key, ...message]);
  const k = number(new Uint8Array(await crypto.subtle.digest("SHA-512", whole))) % L;
  const minus = { x: mod(-a.x), y: a.y, z: 1n, t: mod(-a.t) }, both = add(BASE, minus);
  let sum = NEUTRAL;
  for (let bit = 252n; bit >= 0n; bit--) {
    sum = add(sum, sum);
    const one = (s >> bit) & 1n, other = (k >> bit) & 1n;
    if (one && other) sum = add(sum, both);
    else if (one) sum = add(sum, BASE);
    else if (other) sum = add(sum, minus);
  }
  return written(sum) === number(signature.slice(0, 32));
}

export async function fits(key, message, signature) {
  let known;
  try {
    known = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch {
    return fitsByHand(key, message, signature);
  }
  return crypto.subtle.verify("Ed25519", known, signature, message);
}

// Without https a browser gives no cryptography at all, not even the hash.
export const able = () => typeof BigInt === "function" && Boolean(globalThis.crypto?.subtle);
