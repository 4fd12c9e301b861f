import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { alertFeed } from '../../../server/drivers/alerts/alert-feed.ts';
import { FLOOD, inner } from '../../fixtures/cap/fixtures.ts';

/** What the agency's web server has; what is not there is 404. */
const pages = new Map<string, string>();
const asked: string[] = [];
const web = createServer((request, response) => {
  const { url = '' } = request;
  asked.push(url);
  const page = pages.get(url);
  response.statusCode = page === undefined ? 404 : 200;
  response.end(page);
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/feed`;
});
afterAll(() => new Promise((resolve) => web.close(resolve)));
beforeEach(() => {
  pages.clear();
  asked.splice(0);
});

const atom = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>ประกาศเตือนภัย</title>${entries.join('')}</feed>`;
const link = (href: string) => `<entry><link type="application/cap+xml" href="${href}"/></entry>`;

/** One round; resolves with what was handed over, and whether the round failed. */
async function round(feed: ReturnType<typeof alertFeed>): Promise<{ taken: string[]; failed: boolean }> {
  const taken: string[] = [];
  const failed = await feed
    .take(async (bytes) => {
      taken.push(Buffer.from(bytes).toString());
      return [];
    })
    .then(
      () => false,
      () => true,
    );
  return { taken, failed };
}

it('an alert that is gone holds up none of those after it, and is asked for again', async () => {
  const feed = alertFeed({ url, every_s: 60 });
  pages.set('/feed', atom(link('/gone.cap'), link('/flood.cap')));
  pages.set('/flood.cap', FLOOD);
  expect(await round(feed)).toEqual({ taken: [FLOOD], failed: true });
  pages.set('/gone.cap', 'back again');
  expect(await round(feed)).toEqual({ taken: ['back again'], failed: false });
});

it('fifty that are gone do not hide the one after them', async () => {
  const feed = alertFeed({ url, every_s: 60 });
  pages.set(
    '/feed',
    atom(...Array.from({ length: 50 }, (_, n) => link(`/gone-${n}.cap`)), link('/flood.cap')),
  );
  pages.set('/flood.cap', FLOOD);
  expect((await round(feed)).taken).toEqual([]);
  expect((await round(feed)).taken).toEqual([FLOOD]);
});

it('what was read is not read again, and a feed that only links is no alert itself', async () => {
  const feed = alertFeed({ url, every_s: 60 });
  pages.set('/feed', atom(link('/flood.cap')));
  pages.set('/flood.cap', FLOOD);
  expect((await round(feed)).taken).toEqual([FLOOD]);
  expect(await round(feed)).toEqual({ taken: [], failed: false });
  expect(asked).toEqual(['/feed', '/flood.cap', '/feed']);
});

it.each([
  ['Atom', atom()],
  ['RSS', '<rss version="2.0"><channel><title>ไม่มีประกาศ</title></channel></rss>'],
])('a feed of %s without entries warns of nothing', async (_kind, page) => {
  pages.set('/feed', page);
  expect(await round(alertFeed({ url, every_s: 60 }))).toEqual({ taken: [], failed: false });
});

it.each([
  ['a feed that holds them', atom(`<entry><content>${inner(FLOOD)}</content></entry>`)],
  ['an alert in the place of a feed', FLOOD],
  // Somebody is to see that it cannot be read.
  ['a page of another kind', '<html><body>เข้าสู่ระบบ</body></html>'],
])('%s is handed over whole', async (_kind, page) => {
  pages.set('/feed', page);
  expect((await round(alertFeed({ url, every_s: 60 }))).taken).toEqual([page]);
});
