import { existsSync } from 'node:fs';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's: the whole one, or the one without a window that the tests install. */
const OF_DEBIAN = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];
/** Another one by name on other machines. */
const CHROMIUM = process.env.PRAKAT_CHROMIUM ?? OF_DEBIAN.find(existsSync) ?? 'chromium';

/** A phone of some years ago at the edge of a village, as Chromium's own tools call it: "Slow 3G" is slower than any network here still is. */
export const PHONE = {
  latencyMs: 300,
  /** 700 kbit/s down, 300 kbit/s up: 3G with a weak signal. */
  downBytesPerSecond: 700_000 / 8,
  upBytesPerSecond: 300_000 / 8,
  /** Times slower than this machine. */
  cpuSlowdown: 4,
  viewport: { width: 360, height: 740 },
} as const;

/** What a visitor's first visit cost. Times from the first request on, ms. */
export interface FirstVisit {
  /** Of everything that came, as it came over the line. */
  bytes: number;
  firstPaintMs: number;
  /** Until what was waited for stood there. */
  readyMs: number;
  /** Of tasks of the main thread: what is beyond 50 ms of each, in all; and the longest. */
  blockedMs: number;
  longestTaskMs: number;
}

export type OpenBrowser = Awaited<ReturnType<typeof openBrowser>>;

export function openBrowser() {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}

const WATCH_TASKS = `
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((each) => each.duration)))
    .observe({ type: 'longtask', buffered: true });
`;

/** A page that Chromium throttles as a phone. */
async function slowPage(context: BrowserContext): Promise<{ page: Page; bytes: () => number }> {
  const page = await context.newPage();
  await page.addInitScript(WATCH_TASKS);
  const line = await context.newCDPSession(page);
  let bytes = 0;
  line.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: PHONE.latencyMs,
    downloadThroughput: PHONE.downBytesPerSecond,
    uploadThroughput: PHONE.upBytesPerSecond,
  });
  await line.send('Emulation.setCPUThrottlingRate', { rate: PHONE.cpuSlowdown });
  return { page, bytes: () => bytes };
}

/** Opens an address with an empty cache, waits for `ready`, and reads the page's own clocks. */
export async function firstVisit(context: BrowserContext, url: string, ready: string): Promise<FirstVisit> {
  const { page, bytes } = await slowPage(context);
  const began = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(ready).first().waitFor();
  const readyMs = performance.now() - began;
  const paints = "performance.getEntriesByName('first-contentful-paint').map((each) => each.startTime)";
  const [firstPaintMs = 0] = await page.evaluate<number[]>(paints);
  const tasks = await page.evaluate<number[]>('window.tasks');
  return {
    ...{ bytes: bytes(), firstPaintMs, readyMs },
    blockedMs: tasks.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0),
    longestTaskMs: Math.max(0, ...tasks),
  };
}
