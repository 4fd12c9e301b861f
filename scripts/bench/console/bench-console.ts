import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cli } from '../../cli.ts';
import { Country } from '../../virtual-village/country.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { type FirstVisit, firstVisit, type OpenBrowser, openBrowser, PHONE } from './slow-phone.ts';

const RUNS = 5;

/** What is promised, KB as they come over the line: the village head's page opens inside LINE, on mobile data. */
const BUDGET_KB = { village: 150, console: 400 } as const;

const PAGES = {
  village: { path: '/console/village.html', ready: 'input[name=user]' },
  console: { path: '/console/', ready: 'input[name=user]' },
} as const;
type PageName = keyof typeof PAGES;

/**
 * First visits with an empty cache on a slow phone (300 ms, 700 kbit/s, a processor 4 times slower): bytes beside their budget, and times
 * beside a page with one line of text from a bare server on the same throttled line.
 */
export async function benchConsole(cli: Cli): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const country = await Country.found({ folder, halls: [] });
  const bare = await barePage();
  const browser = await openBrowser();
  try {
    const floor = await visits(browser, bare.url, 'p');
    const rows: BenchRow[] = [];
    for (const name of Object.keys(PAGES) as PageName[]) {
      cli.say(`${RUNS} first visits of ${name}`);
      const { path, ready } = PAGES[name];
      const seen = await visits(browser, `${country.server.httpUrl}${path}`, ready);
      rows.push(...rowsOf(name, seen, floor));
    }
    return rows;
  } finally {
    await browser.close();
    await country.close();
    bare.server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function rowsOf(name: PageName, seen: FirstVisit[], floor: FirstVisit[]): BenchRow[] {
  const kb = seen.map(({ bytes }) => bytes / 1_000);
  const times = (['firstPaintMs', 'readyMs'] as const).map((member) =>
    rowOf({
      name: `${name} ${member === 'readyMs' ? 'ready' : 'first paint'}`,
      unit: 'ms',
      product: median(seen.map((each) => each[member])),
      floor: median(floor.map((each) => each[member])),
      worst: Math.max(...seen.map((each) => each[member])),
      runs: seen.length,
    }),
  );
  return [
    rowOf({
      name: `${name} bytes`,
      unit: 'KB, of budget',
      product: median(kb),
      floor: BUDGET_KB[name],
      runs: seen.length,
      pass: Math.max(...kb) <= BUDGET_KB[name],
    }),
    ...times,
    rowOf({
      name: `${name} longest task`,
      unit: 'ms, of a 60 Hz frame',
      product: median(seen.map(({ longestTaskMs }) => longestTaskMs)),
      floor: 1_000 / 60,
      worst: Math.max(...seen.map(({ longestTaskMs }) => longestTaskMs)),
      runs: seen.length,
    }),
  ];
}

/** Each in a browser profile of its own: nothing is in a cache. */
async function visits(browser: OpenBrowser, url: string, ready: string): Promise<FirstVisit[]> {
  const all: FirstVisit[] = [];
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: PHONE.viewport, locale: 'th-TH' });
    all.push(await firstVisit(context, url, ready));
    await context.close();
  }
  return all;
}

/** The least that a first visit can be. */
async function barePage(): Promise<{ server: Server; url: string }> {
  const html = '<!doctype html><meta charset="utf-8"><title>x</title><p>ประกาศ</p>';
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(html),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/` };
}
