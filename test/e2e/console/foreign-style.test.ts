import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { type Account, colleague, logOn, visit } from './stage.ts';
import { takenViolations } from './violations.ts';

const folder = await temporaryFolder();
let country: Country;
let somchai: Account;

beforeAll(async () => {
  country = await foundCountry(folder);
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
});

/** As a script would that found its way in: what it sets is seen by nobody, or by everybody. */
const SET_STYLE = (nonce: string) => `(() => {
  const style = document.createElement('style');
  style.setAttribute('nonce', ${JSON.stringify(nonce)});
  style.textContent = 'body { outline: 7px solid red }';
  document.head.append(style);
  return getComputedStyle(document.body).outlineWidth;
})()`;
const SET_ATTRIBUTE = `(() => {
  document.body.setAttribute('style', 'outline: 7px solid red');
  return getComputedStyle(document.body).outlineWidth;
})()`;
const OWN_NONCE = "document.querySelector('meta[name=style-nonce]').nonce";

test.each(['/console/', '/console/village.html'])(
  'a style that does not know the nonce of this page is refused, in an element and in an attribute: %s',
  async (path) => {
    const { page } = await visit(country, { path });
    await page.locator('input[name=user]').waitFor();
    const before = await page.evaluate('getComputedStyle(document.body).outlineWidth');
    expect(await page.evaluate(SET_STYLE(''))).toBe(before);
    expect(await page.evaluate(SET_STYLE('c29tZXRoaW5nIGVsc2Uh'))).toBe(before);
    expect(await page.evaluate(SET_ATTRIBUTE)).toBe(before);
    const refused: string[] = [];
    await until(() => {
      refused.push(...takenViolations().map((words) => words.split(' ').slice(0, 2).join(' ')));
      expect(refused).toEqual(['style-src-elem inline', 'style-src-elem inline', 'style-src-attr inline']);
    });
  },
);

test('what knows it is let in, and the next answer has another', async () => {
  const { page } = await visit(country);
  await logOn(page, somchai);
  const nonce = await page.evaluate<string>(OWN_NONCE);
  expect(await page.evaluate(SET_STYLE(nonce))).toBe('7px');
  await page.reload();
  await page.getByRole('heading').first().waitFor();
  expect(await page.evaluate(OWN_NONCE)).not.toBe(nonce);
});
