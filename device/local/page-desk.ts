import type { Clock } from '../ports.ts';
import { hallPage, PAGE_HEADERS } from './hall-page.ts';
import type { LocalHall } from './local-hall.ts';
import type { PageTokens } from './page-token.ts';
import { planAhead } from './plan-ahead.ts';

const PAGE_LIMITS = {
  /** Of all visitors together: some phones that look again twice a minute. A flood costs the hall nothing more. */
  perMinute: 120,
  hours: 24,
  events: 40,
} as const;

export interface PageKit {
  hall: () => LocalHall | undefined;
  tokens: PageTokens;
  place: string;
  clock: Pick<Clock, 'monotonic'>;
}

interface Said {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The one page of the box: read by who has the link, and nothing else is there. */
export class PageDesk {
  readonly #kit: PageKit;
  #minute = Number.NEGATIVE_INFINITY;
  #asked = 0;

  constructor(kit: PageKit) {
    this.#kit = kit;
  }

  async answer({ method, path }: { method: string; path: string }): Promise<Said> {
    const { hall, tokens, place } = this.#kit;
    if (!this.#isTimely()) return plain(429, 'ถามบ่อยเกินไป', { 'retry-after': '60' });
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'หน้านี้ดูได้อย่างเดียว', { allow: 'GET, HEAD' });
    const there = hall();
    if (there === undefined) return plain(503, 'กำลังเริ่มทำงาน', { 'retry-after': '10' });
    const now = there.clock.wall();
    // A wrong key and a wrong path are one answer: nobody learns which pages there are.
    if (!tokens.isGood(path.slice(1), now)) return plain(404, 'ไม่มีหน้านี้ หรือลิงก์หมดอายุ ขอลิงก์ใหม่จากช่าง');
    const body = hallPage({
      ...{ place: place || there.device, device: there.device, now },
      ...{ state: there.state(), details: there.details(), link: await there.link() },
      plan: planAhead(there.programmes(), now, PAGE_LIMITS.hours),
      events: there.recent.last(PAGE_LIMITS.events),
      checks: await there.checks(false),
    });
    return { status: 200, headers: { ...PAGE_HEADERS }, body };
  }

  #isTimely(): boolean {
    const now = this.#kit.clock.monotonic();
    if (now - this.#minute >= 60_000) {
      this.#minute = now;
      this.#asked = 0;
    }
    this.#asked += 1;
    return this.#asked <= PAGE_LIMITS.perMinute;
  }
}

function plain(status: number, words: string, headers: Record<string, string> = {}): Said {
  return {
    status,
    headers: { ...PAGE_HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: `${words}\n`,
  };
}
