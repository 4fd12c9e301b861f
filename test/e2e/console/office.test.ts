import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, type Visitor, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let officer: Account;
let head: Account;

beforeAll(async () => {
  country = await foundCountry(folder, { device: 'hall-office', village: '43010101' });
  officer = await colleague(country, {
    user: 'wichai',
    roles: ['key-officer', 'auditor', 'technician', 'author'],
    areas: ['43'],
  });
  head = await colleague(country, { user: 'phuyai', roles: ['author'], areas: ['43010101'] });
  await country.operator.ask('troubles', {
    change: 'report',
    village: '43010101',
    part: 'tower',
    text: 'ลำโพงทิศเหนือเงียบ',
  });
});

async function enter(path: string, who = officer): Promise<Visitor> {
  const visitor = await visit(country, { path });
  await logOn(visitor.page, who);
  return visitor;
}

test('an account is made with a one-time code, its roles are changed, and it is closed', async () => {
  const visitor = await enter('/console/people');
  const { page } = visitor;
  await page.getByRole('button', { name: 'เพิ่มผู้ใช้' }).click();
  const form = page.getByRole('dialog', { name: 'เพิ่มผู้ใช้' });
  await form.getByLabel('ชื่อผู้ใช้').fill('somsri');
  await form.getByLabel('ผู้อนุมัติ').check();
  await form.getByRole('checkbox', { name: 'จังหวัดหนองคาย' }).check();
  await form.getByRole('button', { name: 'บันทึก' }).click();
  const code = await page.getByRole('dialog').locator('code').innerText();
  expect(code.length).toBeGreaterThan(7);
  await page.getByRole('dialog').getByRole('button', { name: 'ปิด', exact: true }).last().click();
  const row = page.getByRole('row').filter({ hasText: 'somsri' });
  await row.getByText('ผู้อนุมัติ').waitFor();
  await picture(page, 'people');
  await row.getByRole('button', { name: 'จัดการ somsri' }).click();
  await page.getByRole('menuitem', { name: 'ปิดบัญชี' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'ปิดบัญชี' }).click();
  await row.getByText('ยังไม่มีรหัสผ่าน หรือปิดแล้ว').waitFor();
  expectNoComplaints(visitor);
});

test('the audit is read, its chain is checked in the browser, and the file that is saved holds the same', async () => {
  const visitor = await enter('/console/audit');
  const { page } = visitor;
  await page
    .getByRole('cell', { name: /request\/people/ })
    .first()
    .waitFor();
  await page.getByRole('button', { name: /ตรวจสายโซ่/ }).click();
  const whole = await page.getByText(/สายโซ่ครบถ้วนถึงบรรทัดที่/).innerText();
  await picture(page, 'audit');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /ดาวน์โหลด/ }).click();
  const lines = (await readFile(await (await saved).path(), 'utf8')).trimEnd().split('\n');
  const { n } = JSON.parse(lines.at(-1) ?? '{}');
  expect(n).toBe(lines.length);
  expect(Number(/บรรทัดที่ (\d+)/.exec(whole)?.[1])).toBeLessThanOrEqual(n);
  expectNoComplaints(visitor);
});

test('whoever is no auditor finds no audit, by the menu or by the address', async () => {
  const { page } = await enter('/console/audit', head);
  await page.getByText(/ไม่มีสิทธิ์/).waitFor();
  expect(await page.getByRole('link', { name: 'บันทึกการตรวจสอบ' }).count()).toBe(0);
});

test('a trouble is closed with what was done; keys are told; the wire is looked at', async () => {
  const visitor = await enter('/console/troubles');
  const { page } = visitor;
  const trouble = page.getByRole('article').filter({ hasText: 'ลำโพงทิศเหนือเงียบ' });
  await trouble.getByRole('button', { name: 'แก้ไขแล้ว' }).click();
  await page.getByLabel('ทำอะไรไปบ้าง').fill('เปลี่ยนสายลำโพง');
  await page.getByRole('button', { name: 'ปิดเรื่อง' }).click();
  await page.getByText('ไม่มีเรื่องค้าง').waitFor();

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'ค้นหาหรือไปที่…' }).fill('กุญแจ');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /ชุดกุญแจฉบับที่/ }).waitFor();

  await page.getByRole('link', { name: 'สำรวจ MQTT' }).click();
  await page.getByRole('button', { name: 'ส่ง', exact: true }).click();
  await page
    .getByText(/operator\/wichai\/response\/overview/)
    .first()
    .waitFor();
  await picture(page, 'explorer');
  expectNoComplaints(visitor);
});

test('the wall of a duty room', async () => {
  const visitor = await enter('/console/wall');
  await visitor.page.getByText('ไม่มีการเตือนภัย').waitFor();
  await picture(visitor.page, 'wall');
  expectNoComplaints(visitor);
});
