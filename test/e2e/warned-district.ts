import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { AlertRow } from '../../firmware-protocol/mqtt/alert-requests.ts';
import type { Country } from '../../scripts/virtual-village/country.ts';
import type { Hall } from '../../scripts/virtual-village/hall.ts';
import { find } from '../integration/sound/correlation.ts';
import { foundCountry, stateOf, temporaryFolder, until } from './setting.ts';

const run = promisify(execFile);
/** Tha Bo lies in the polygon, the town of Nong Khai does not. */
const [INSIDE, OUTSIDE] = ['43020101', '43010101'];
export const THA_BO = '17.70,102.40 17.70,102.70 18.00,102.70 18.00,102.40 17.70,102.40';
const SIGN = { width: 128, height: 64 };

/** What the server says of an alert that was posted. */
interface PostedAlert {
  alert: string;
  state: string;
  duplicate: boolean;
  reply: string;
}

/** A server that hears warnings by HTTP, from a feed and from a folder, and two halls: one in Tha Bo, one outside. */
export class WarnedDistrict {
  readonly folder: string;
  readonly country: Country;
  readonly inside: Hall;
  readonly outside: Hall;
  readonly #feed: AgencyFeed;

  private constructor(folder: string, country: Country, feed: AgencyFeed) {
    this.folder = folder;
    this.country = country;
    [this.inside, this.outside] = country.halls as [Hall, Hall];
    this.#feed = feed;
  }

  /** `policy` is told the address of the feed. */
  static async found(policy: (feed: string) => object): Promise<WarnedDistrict> {
    const folder = await temporaryFolder();
    const feed = await AgencyFeed.open();
    const alerts = { feeds: [{ url: feed.url, every_s: 10 }], folder: 'drop', ...policy(feed.url) };
    const country = await foundCountry(
      { folder, server: { alerts } },
      { device: 'hall-thabo', village: INSIDE, sign: SIGN },
      { device: 'hall-mueang', village: OUTSIDE, sign: SIGN },
    );
    const csv = `code,name,lat,lon\n${INSIDE},ท่าบ่อ,17.85,102.58\n${OUTSIDE},ในเมือง,17.88,102.74\n`;
    await country.operator.ask('places', { csv });
    await country.wake();
    return new WarnedDistrict(folder, country, feed);
  }

  close(): Promise<void> {
    return this.#feed.close();
  }

  /** Stands in the feed from now on. */
  publish(xml: string): void {
    this.#feed.entry = xml.replace(/^<\?xml[^>]*\?>/, '');
  }

  /** As an agency's machine does it. */
  async post(xml: string): Promise<PostedAlert> {
    const { user, password } = this.country.profile;
    const response = await fetch(`${this.country.server.httpUrl}/alerts`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        'content-type': 'application/cap+xml',
      },
      body: xml,
    });
    // biome-ignore lint/suspicious/noExplicitAny: what it holds is what the tests are about
    const { alerts }: any = await response.json();
    return alerts[0];
  }

  async row(alert: string): Promise<AlertRow> {
    return (await this.country.operator.ask('alert', { alert })).alert;
  }

  /** Resolves when the alert has come. */
  rowNamed(identifier: string): Promise<AlertRow> {
    return until(async () => {
      const { alerts } = await this.country.operator.ask('alerts', {});
      const row = alerts.find((each) => each.identifier === identifier);
      if (row === undefined) throw new Error(`${identifier} has not come`);
      return row;
    });
  }

  /** The one order that an alert of one village makes. */
  orderOf(alert: string): Promise<string> {
    return until(async () => {
      const { orders } = await this.row(alert);
      expect(orders).toHaveLength(1);
      return orders[0] ?? '';
    });
  }

  /** The pages that a sign shall show, by the command that paints without a sign. */
  async pagesOf(title: string, text: string, hotline = ''): Promise<string[]> {
    const words = ['--title', title, '--text', text, ...(hotline === '' ? [] : ['--hotline', hotline])];
    const sign = ['--band', '90', '--size', `${SIGN.width}x${SIGN.height}`];
    const file = ['--png', join(this.folder, 'page.png'), '--json'];
    const verb = ['dist/prakat.mjs', 'panel', 'render'];
    const { stdout } = await run(process.execPath, [...verb, ...words, ...sign, ...file]);
    return JSON.parse(stdout).screens.map(({ crc }: { crc: string }) => crc);
  }

  /** Resolves when each of the pages has stood on the sign in Tha Bo, and no other stands. */
  async shows(pages: string[]): Promise<void> {
    const { camera } = this.inside;
    await until(() => {
      for (const crc of pages) expect(camera.picture(crc), crc).toBeDefined();
      const now = Date.now();
      expect(pages).toContain(camera.pagesBetween(now, now).at(-1)?.crc);
    });
    // For eyes: PRAKAT_PICTURES=/tmp/x.
    const into = process.env.PRAKAT_PICTURES;
    if (into === undefined) return;
    await mkdir(into, { recursive: true });
    for (const crc of pages) await writeFile(join(into, `${crc}.png`), camera.picture(crc)?.enlarged() ?? '');
  }

  /** Resolves when nothing is played in Tha Bo and nothing shown but the time. */
  async idle(): Promise<void> {
    await until(async () => {
      const outputs = (await stateOf(this.country, this.inside))?.outputs;
      expect([outputs?.tower?.play, outputs?.panel?.play]).toEqual([undefined, undefined]);
    });
  }
}

/** An Atom feed of one entry. */
class AgencyFeed {
  entry = '';
  readonly #web = createServer((_request, response) => {
    const entry = this.entry === '' ? '' : `<entry><content>${this.entry}</content></entry>`;
    response.end(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`);
  });

  static async open(): Promise<AgencyFeed> {
    const feed = new AgencyFeed();
    await new Promise<void>((resolve) => feed.#web.listen(0, '127.0.0.1', resolve));
    return feed;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#web.address() as AddressInfo).port}/`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#web.close(resolve));
  }
}

/** How often something is heard in a recording. */
export function timesHeard(what: Int16Array, hay: Int16Array): number {
  const { at, likeness } = find(what, hay);
  if (likeness < 0.9) return 0;
  return 1 + timesHeard(what, hay.slice(at + what.length)) + timesHeard(what, hay.slice(0, at));
}
