import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import type { OperatorIdentity } from '../../../server/ports.ts';
import { SPEECH_WAV } from '../../integration/sound/speech.ts';
import { closeAfterwards } from '../opened.ts';
import { tellViolation } from './violations.ts';

/** Debian's, without the window around the page: it takes a quarter less of the processor. Another one by name on other machines. */
const CHROMIUM = process.env.PRAKAT_CHROMIUM ?? '/usr/bin/chromium-headless-shell';
/** Where pictures for the documentation go; absent = none are taken. */
const PICTURES = process.env.PRAKAT_PICTURES;
const SIZES = { desk: { width: 1360, height: 850 }, phone: { width: 360, height: 740 } } as const;
/** Of what a person would still wait for on a busy machine. */
const PATIENCE_MS = 20_000;

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Whatever the page said in its console that was wrong, and what it asked of the server in vain. */
  complaints: string[];
}

/** A name with its password. */
export interface Account {
  user: string;
  password: string;
}

const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) =>
  tellViolation([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' ')))`;

/** One Chromium a worker, which ends with it; its microphone hears SPEECH_WAV, over and over. */
let browser: Promise<Browser> | undefined;
function chromiumOfWorker(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: CHROMIUM,
    // Playwright would end this worker, with whatever file it is at, when a test of a verb says Ctrl-C.
    handleSIGINT: false,
    args: [
      ...['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
      `--use-file-for-fake-audio-capture=${SPEECH_WAV}`,
    ],
  });
  return browser;
}

/** A person with a browser of their own, at the first page, not logged on. */
export async function visit(
  country: Pick<Country, 'server'>,
  {
    size = 'desk',
    path = '/console/',
    touch = false,
  }: { size?: keyof typeof SIZES; path?: string; touch?: boolean } = {},
): Promise<Visitor> {
  const context = await (await chromiumOfWorker()).newContext({
    baseURL: country.server.httpUrl,
    viewport: SIZES[size],
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    permissions: ['microphone'],
    hasTouch: touch,
  });
  closeAfterwards(() => context.close());
  context.setDefaultTimeout(PATIENCE_MS);
  await context.exposeFunction('tellViolation', tellViolation);
  await context.addInitScript(TELL_VIOLATIONS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(path);
  return { page, context, complaints };
}

/** Nothing went wrong on the page. A 401 is no fault: it answers who is logged on, before anybody is. */
export function expectNoComplaints({ complaints }: Pick<Visitor, 'complaints'>, expected = /401/): void {
  expect(complaints.filter((each) => !expected.test(each))).toEqual([]);
}

/** Types name and password as a person does. */
export async function logOn(page: Page, { user, password }: Account): Promise<void> {
  await page.locator('input[name=user]').fill(user);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  // On a phone there is no room for it, and it is there all the same.
  await page.locator('[role=status]').filter({ hasText: 'เชื่อมต่ออยู่' }).waitFor({ state: 'attached' });
}

/** Another account of the server, which has chosen its password. */
export async function colleague(
  country: Pick<Country, 'server'>,
  person: OperatorIdentity,
): Promise<Account> {
  const password = `${person.user}-ประกาศดังทั่วหมู่บ้าน`;
  const { code } = await country.server.services.operators.create(person);
  const response = await fetch(`${country.server.httpUrl}/first-login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: person.user, code, password }),
  });
  expect(response.status).toBe(204);
  return { user: person.user, password };
}

/** Keeps what is to be seen as `docs/pictures/console-<name>.png`, where pictures are asked for. */
export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  await mkdir(PICTURES, { recursive: true });
  await page.evaluate('window.scrollTo(0, 0)');
  await page.screenshot({ path: join(PICTURES, `console-${name}.png`) });
}
