// The client of the JSON API, as a mini-program would carry it: login, messages, cases, places.
import { Refused, Unreachable, call, pause } from "./network.js";
import { loginCode, newName } from "./platform.js";

const API = "/api/v1";
const WAITS_MS = [600, 1500, 3000];

export class CitizenApi {
  constructor(platform) {
    this.platform = platform;
    this.session = null;
  }

  /** Name a message before it is sent, so that it can be sent again as the same one. */
  static newMessage(text) {
    return { client_message_id: newName(), text };
  }

  /** Send a message; whatever gets lost is sent again under the same id, so it counts once. */
  async send(message, { care, place }) {
    const body = { ...message, care, place: place || null };
    for (const wait of WAITS_MS) {
      try {
        return await this._call("/messages", body);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        await pause(wait);
      }
    }
    return this._call("/messages", body);
  }

  async history(limit = 30) {
    const answer = await this._call(`/messages?limit=${limit}`);
    return answer.lines;
  }

  async cases() {
    const answer = await this._call("/cases");
    return answer.cases;
  }

  lookUp(number, lastFour) {
    return this._call("/cases/lookup", { number, last_four: lastFour });
  }

  places() {
    return this._call("/places");
  }

  /** Call with a session; one that has ended is renewed once. */
  async _call(path, body) {
    try {
      return await call(API + path, { body, token: await this._token() });
    } catch (error) {
      if (!(error instanceof Refused && error.status === 401)) throw error;
      this.session = null;
      return call(API + path, { body, token: await this._token() });
    }
  }

  /** Log in by a fresh code; who asks while a login is under way waits for the same one. */
  async _token() {
    if (!this.session) {
      this.session = this._logIn().catch((error) => {
        this.session = null;
        throw error;
      });
    }
    return (await this.session).token;
  }

  async _logIn() {
    const { code, account } = await loginCode(this.platform);
    return call(`${API}/session`, { body: { platform: this.platform, account, code } });
  }
}
