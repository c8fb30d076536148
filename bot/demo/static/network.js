// One way to call a server: JSON in, JSON out, a time limit, and two kinds of failure.

/** The server was not reached, or its answer did not come through: worth another try. */
export class Unreachable extends Error {}

/** The server said no; `status` is why, `waitS` how long to wait (429). */
export class Refused extends Error {
  constructor(status, detail, waitS) {
    super(detail);
    this.status = status;
    this.waitS = waitS;
  }
}

const LIMIT_MS = 12000;

/** Call `path`; `body` makes it a POST. A busy server (502 to 504) counts as unreachable. */
export async function call(path, { body, token, limitMs = LIMIT_MS } = {}) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limitMs);
  try {
    const response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers,
      body: body ? JSON.stringify(body) : undefined,
      signal: stop.signal,
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer;
    if (response.status >= 502 && response.status <= 504) throw new Unreachable(answer.detail);
    throw new Refused(response.status, answer.detail, Number(response.headers.get("Retry-After")));
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unreachable(String(error.message));
  } finally {
    clearTimeout(timer);
  }
}

/** Wait so many milliseconds. */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
