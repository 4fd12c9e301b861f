import { createHmac, timingSafeEqual } from 'node:crypto';

const DAY_MS = 24 * 3_600_000;
/** Of the HMAC: 132 bits in 22 letters. A link is read out by telephone once in a while. */
const TOKEN_CHARS = 22;

/**
 * The secret part of the link to the local page: `<last day>-<HMAC>`. It is made of the seed of this hall, so nothing has to be
 * stored, and it ends by itself. `seed` never leaves by it.
 */
export class PageTokens {
  readonly #key: Buffer;

  constructor(seed: string) {
    // A key of its own: what signs reports signs nothing else.
    this.#key = createHmac('sha256', seed).update('prakat local page').digest();
  }

  /** Good until the end of the day `days` ahead. Times are epoch ms. */
  make(now: number, days: number): { token: string; expires: number } {
    const day = Math.floor(now / DAY_MS) + days;
    return { token: `${day}-${this.#mac(day)}`, expires: (day + 1) * DAY_MS };
  }

  isGood(token: string, now: number): boolean {
    const [, day = '', mac = ''] = /^(\d{1,6})-([\w-]{22})$/.exec(token) ?? [];
    if (mac === '' || Number(day) < Math.floor(now / DAY_MS)) return false;
    return timingSafeEqual(Buffer.from(mac), Buffer.from(this.#mac(Number(day))));
  }

  #mac(day: number): string {
    return createHmac('sha256', this.#key).update(String(day)).digest('base64url').slice(0, TOKEN_CHARS);
  }
}
