import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { SPEECH_WAV } from '../../integration/sound/speech.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { seriousFaults } from './axe.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const OTHER_WAV = '/usr/share/sounds/alsa/Front_Left.wav';
const PHOTO = 'docs/images/demo-sign-192x96.png';
const folder = await temporaryFolder();
let country: Country;
let somchai: Account;
let udon: Account;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-mae', village: '43010101' });
  await country.wake();
  somchai = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  udon = await colleague(country, { user: 'udon', roles: ['author'], areas: ['41'] });
});

test('sound and pictures are added, heard, renamed, found by the address, used, and taken away', async () => {
  const { page, complaints } = await visit(country, { path: '/console/library' });
  await logOn(page, somchai);
  await page.getByText('ยังไม่มีไฟล์ในคลัง').waitFor();
  await page.getByLabel('เพิ่มเสียง').setInputFiles(SPEECH_WAV);
  const sound = page.getByRole('article', { name: 'Front Center' });
  await sound.waitFor();
  await page.getByLabel('เพิ่มภาพ').setInputFiles(PHOTO);
  await page.getByRole('article', { name: 'demo-sign-192x96' }).getByRole('img').waitFor();
  await sound.getByText(/ปรับเป็น -1[5-7] LUFS/).waitFor();

  const heard = page.waitForResponse(/\/media\/[0-9a-f]{64}$/);
  await sound.getByRole('button', { name: 'ฟัง Front Center' }).click();
  expect((await heard).ok()).toBe(true);
  await sound.getByRole('button', { name: 'จัดการ Front Center' }).click();
  await page.getByRole('menuitem', { name: 'เปลี่ยนชื่อ' }).click();
  await page.getByRole('dialog').getByLabel('ชื่อ').fill('ประชุมหมู่บ้าน');
  await page.getByRole('button', { name: 'บันทึก' }).click();
  await page.getByRole('article', { name: 'ประชุมหมู่บ้าน' }).waitFor();
  await picture(page, 'library');
  expect(await seriousFaults(page)).toEqual([]);

  await page.getByLabel('ค้นหาชื่อในคลัง').fill('ประชุม');
  await until(async () => expect(await page.getByRole('article').count()).toBe(1));
  expect(new URL(page.url()).searchParams.get('q')).toBe('ประชุม');
  await page.reload();
  await page.getByRole('article', { name: 'ประชุมหมู่บ้าน' }).waitFor();
  expect(await page.getByRole('article').count()).toBe(1);

  // Taken into an announcement without being uploaded again.
  await page.goto('/console/push');
  await page.getByRole('tab', { name: 'คลังเสียง' }).click();
  await page.getByRole('button', { name: 'ใช้ ประชุมหมู่บ้าน' }).click();
  await page
    .getByRole('list', { name: /^เสียงที่จะออกหอกระจายข่าว/ })
    .getByText('ประชุมหมู่บ้าน')
    .waitFor();

  await page.goto('/console/library');
  await page.getByRole('button', { name: 'จัดการ ประชุมหมู่บ้าน' }).click();
  await page.getByRole('menuitem', { name: 'ลบออกจากคลัง' }).click();
  await page.getByRole('button', { name: 'ลบออกจากคลัง' }).click();
  await until(async () => expect(await page.getByRole('article').count()).toBe(1));
  expectNoComplaints({ complaints });
});

test('what nobody may take away stays, and who is elsewhere sees nothing of it', async () => {
  const { page } = await visit(country, { path: '/console/library' });
  await logOn(page, somchai);
  await page.getByLabel('เพิ่มเสียง').setInputFiles(OTHER_WAV);
  const sound = page.getByRole('article', { name: 'Front Left' });
  await sound.waitFor();
  const { items } = await country.operator.ask('library', { kind: 'sound' });
  await country.operator.ask('push', { to: ['43'], media: [items[0]?.sha256 ?? ''], expires_in_s: 600 });
  await page.reload();
  await sound.getByText('ใช้อยู่ 1 แห่ง').waitFor();
  await page.getByRole('button', { name: 'จัดการ Front Left' }).click();
  await page.getByRole('menuitem', { name: 'ลบออกจากคลัง' }).click();
  await page.getByRole('button', { name: 'ลบออกจากคลัง' }).click();
  await page.getByRole('dialog').getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'ยกเลิก' }).click();
  expect(await sound.count()).toBe(1);

  const far = await visit(country, { path: '/console/library' });
  await logOn(far.page, udon);
  await far.page.getByText('ยังไม่มีไฟล์ในคลัง').waitFor();
});
