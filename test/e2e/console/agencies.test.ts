import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { madeAlert } from '../../fixtures/cap/made-alert.ts';
import { endsOf, foundCountry, temporaryFolder, until } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const VILLAGE = '43010101';
const SENDER = 'urn:oid:2.49.0.0.764.0';
const folder = await temporaryFolder();
let country: Country;
let approver: Account;

beforeAll(async () => {
  const server = {
    approvals: { alone: ['43'], step_up: false },
    alerts: { sender: 'urn:oid:2.49.0.0.764.43' },
  };
  country = await foundCountry({ folder, server }, { device: 'hall-agency', village: VILLAGE });
  approver = await colleague(country, { user: 'malee', roles: ['approver'], areas: ['43'] });
  await country.wake();
});

/** As an agency's machine posts it, under an account that may. */
async function post(headline: string): Promise<void> {
  const { user, password } = country.profile;
  const xml = madeAlert({
    ...{ identifier: headline.replaceAll(' ', '-'), sender: SENDER, sent: Date.now(), event: 'น้ำท่วมฉับพลัน' },
    ...{ headline, senderName: 'กรมอุตุนิยมวิทยา', geocode: VILLAGE },
  });
  const response = await fetch(`${country.server.httpUrl}/alerts`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
      'content-type': 'application/cap+xml',
    },
    body: xml,
  });
  expect(response.status, await response.text()).toBe(200);
}

test('a warning of an agency comes to the inbox by itself, is read with its source, and sounds after a yes; another is rejected with a reason', async () => {
  const { page, complaints } = await visit(country, { path: '/console/warnings' });
  await logOn(page, approver);
  await page.getByText('ไม่มีประกาศเตือนในพื้นที่ของท่าน').waitFor();
  await post('เตือนน้ำท่วมฉับพลัน หนองคาย');
  const card = page.getByRole('article', { name: 'เตือนน้ำท่วมฉับพลัน หนองคาย' });
  await card.getByText('รอตัดสิน').waitFor();
  await card.getByText(/ป้ายและเสียงใช้ส่วนภาษาไทยของประกาศนี้/).waitFor();
  await card.getByRole('button', { name: 'ดูต้นฉบับ' }).click();
  await page
    .getByRole('dialog')
    .getByText(/urn:oasis:names:tc:emergency:cap:1.2/)
    .waitFor();
  await page.keyboard.press('Escape');
  await picture(page, 'warnings');
  const yes = card.getByRole('button', { name: /ให้ประกาศเตือนนี้ดัง/ });
  await yes.focus();
  await page.keyboard.down('Enter');
  await card.getByText('มีผลอยู่').waitFor();
  await page.keyboard.up('Enter');
  const [row] = (await country.operator.ask('alerts', {})).alerts;
  const [hall] = country.halls;
  if (hall === undefined || row?.orders[0] === undefined) throw new Error('nothing was ordered');
  const [order] = row.orders;
  await until(async () => expect((await endsOf(country, hall, order)).join()).toMatch(/tower/));

  await post('เตือนลมแรง หนองคาย');
  const other = page.getByRole('article', { name: 'เตือนลมแรง หนองคาย' });
  await other.getByRole('button', { name: 'ไม่ประกาศ' }).click();
  await page.getByLabel('เพราะเหตุใด').fill('ซ้ำกับประกาศของจังหวัด');
  await page.getByRole('dialog').getByRole('button', { name: 'ไม่ประกาศ' }).click();
  await other.waitFor({ state: 'detached' });
  expectNoComplaints({ complaints });
});
