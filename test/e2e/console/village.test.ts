import { beforeAll, expect, test } from 'vitest';
import { wavFilesIn } from '../../../device/drivers/sound/wav-player.ts';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { find } from '../../integration/sound/correlation.ts';
import { SPEECH_WAV, samplesOfWav } from '../../integration/sound/speech.ts';
import { endsOf, foundCountry, samplesIn, temporaryFolder, until } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, picture, visit } from './stage.ts';

const VILLAGE = '43010101';
const folder = await temporaryFolder();
let country: Country;
let head: Account;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-village', village: VILLAGE });
  head = await colleague(country, { user: 'phuyai', roles: ['author'], areas: [VILLAGE] });
  await country.wake();
});

/** Words that come with marks which nobody sees, and which the server refuses. */
const PASTE_FROM_A_CHAT = `{
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', 'คืนนี้\\u202eประชุม\\u2069');
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}`;

test('a village head speaks by the phone, and the tower says it; writes, stops the own, reports a fault', async () => {
  const { page, complaints } = await visit(country, {
    size: 'phone',
    path: '/console/village.html',
  });
  await page.locator('input[name=user]').fill(head.user);
  await page.locator('input[name=password]').fill(head.password);
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await page.getByText('พร้อมใช้').waitFor();
  await picture(page, 'village');

  const speak = page.getByRole('region', { name: 'พูดประกาศ' });
  await speak.getByRole('button', { name: 'เริ่มอัดเสียง' }).click();
  await speak.getByText(/กำลังอัด 0:03/).waitFor();
  await speak.getByRole('button', { name: 'หยุดอัด' }).click();
  await speak.getByLabel('ฟังก่อนส่ง').waitFor();
  await speak.getByRole('button', { name: 'ประกาศในหมู่บ้าน' }).click();
  await speak.getByRole('button', { name: 'ใช่ ประกาศเลย' }).click();
  await speak.getByText('ส่งแล้ว').waitFor();
  const [order] = (await country.operator.ask('orders', {})).orders;
  const [hall] = country.halls;
  if (hall === undefined || order === undefined) throw new Error('nothing was ordered');
  await until(async () => expect(await endsOf(country, hall, order.order)).toContain('tower finished'));
  const [wav = ''] = await wavFilesIn(hall.wavFolder);
  // It went through a microphone, Opus twice and the tower's loudness: alike, not the same.
  expect(find(await samplesOfWav(SPEECH_WAV), await samplesIn(wav)).likeness).toBeGreaterThan(0.6);

  const write = page.getByRole('region', { name: 'พิมพ์ประกาศขึ้นป้าย' });
  await write.getByRole('textbox').focus();
  await page.evaluate(PASTE_FROM_A_CHAT);
  expect(await write.getByRole('textbox').inputValue()).toBe('คืนนี้ประชุม');
  await write.getByRole('textbox').fill('คืนนี้ประชุมหมู่บ้าน 19.00 น. ที่ศาลาประชาคม');
  await write.getByRole('button', { name: 'ประกาศในหมู่บ้าน' }).click();
  await write.getByRole('button', { name: 'ใช่ ประกาศเลย' }).click();
  const mine = page.getByRole('region', { name: 'ประกาศของฉันที่ยังไม่จบ' });
  await mine.getByRole('listitem').filter({ hasText: 'คืนนี้ประชุม' }).getByRole('button').click();
  await mine.getByRole('listitem').filter({ hasText: 'คืนนี้ประชุม' }).waitFor({ state: 'detached' });

  const report = page.getByRole('region', { name: 'แจ้งเหตุขัดข้อง' });
  await report.getByRole('textbox').fill('ลำโพงทิศเหนือไม่มีเสียงตั้งแต่เมื่อวาน');
  await report.getByRole('button', { name: 'แจ้งช่าง' }).click();
  await report.getByText('แจ้งแล้ว').waitFor();
  await report.getByRole('listitem').filter({ hasText: 'ลำโพงทิศเหนือ' }).waitFor();
  expect((await country.operator.ask('troubles', {})).troubles).toHaveLength(1);
  expectNoComplaints({ complaints });
});

test('loads no MQTT, no Mantine and no schemas, and less than 150 KB', async () => {
  const { page } = await visit(country, { size: 'phone', path: '/console/village.html' });
  await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).waitFor();
  const sizes: [string, number][] = await page.evaluate(
    `performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => [name, encodedBodySize])`,
  );
  expect(sizes.map(([name]) => name).filter((name) => /mqtt|step-up|spotlight/.test(name))).toEqual([]);
  const texts: string[] = await page.evaluate(
    `Promise.all(performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ name }) => fetch(name).then((each) => each.text())))`,
  );
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((text) => text.includes('_zod'))).toEqual([]);
  expect(sizes.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(150_000);
});
