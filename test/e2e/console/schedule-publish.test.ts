import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { foundCountry, temporaryFolder, until } from '../setting.ts';
import { atSchedule, drafted, entriesOf, entry, MONDAY, villages, WEEK } from './plan-stage.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, type Visitor, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let author: Account;
let approver: Account;

beforeAll(async () => {
  // The password is asked again, and nobody is alone: as it is for real.
  const approvals = { alone: [], step_up: true };
  country = await foundCountry(
    { folder, server: { approvals } },
    {
      ...{ device: 'hall-plan', village: '43010101' },
      config: { laws: { quiet: [{ from: '21:00', until: '06:00' }] } },
    },
  );
  author = await colleague(country, { user: 'somchai', roles: ['author'], areas: ['43'] });
  approver = await colleague(country, { user: 'malee', roles: ['approver'], areas: ['43'] });
  await villages(country);
  await country.wake();
});

async function giveThePasswordAgain({ page }: Visitor, { password }: Account): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'ยืนยันด้วยรหัสผ่านอีกครั้ง' });
  await dialog.locator('input[type=password]').fill(password);
  await dialog.getByRole('button', { name: 'ยืนยัน' }).click();
}

async function hold({ page }: Visitor, name: RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  await page.mouse.down();
  const held = page.locator('[data-holding]');
  await held.waitFor();
  await until(async () => expect(await held.count()).toBe(0), 5_000);
  await page.mouse.up();
}

const LATE = {
  ...{ id: 'late', starts: `${MONDAY}T22:00:00`, band: 40 as const, outputs: ['tower' as const] },
  announcement: { title: 'ทดสอบเสียงดึก', tower: { chime: 'ding' as const } },
};

test('a plan is looked at, asked for with the password, approved by a second person, and reaches the hall', async () => {
  await drafted(country, [...WEEK, LATE]);
  const somchai = await atSchedule(country, author);
  const { page } = somchai;
  // The hall told its laws: the night is drawn, and what would sound in it is marked.
  await page.getByText(/เวลางดใช้เสียงตามที่ 1 หอตั้งไว้/).waitFor();
  await page.getByRole('button', { name: /ข้อขัดแย้ง 1 เรื่อง/ }).click();
  await page.getByText(/หอจะไม่ออกเสียง "ทดสอบเสียงดึก"/).waitFor();
  await page.getByText(/ครั้งแรก .* · บ้านเสาเล้า หมู่ที่ 1 ตำบล/).waitFor();
  await page.getByRole('button', { name: 'ไปดู' }).first().click();
  await page.getByRole('button', { name: /22\.00 ทดสอบเสียงดึก.*มีข้อขัดแย้ง/ }).waitFor();
  await picture(page, 'schedule-day');

  await page.getByRole('button', { name: 'ตรวจและเผยแพร่' }).click();
  const dialog = page.getByRole('dialog', { name: /^เผยแพร่ผังรายการ/ });
  await dialog.getByText(/ต้องมีผู้อนุมัติอีกคนหนึ่ง เพราะครอบคลุมมากกว่าหนึ่งอำเภอ/).waitFor();
  await dialog.getByText('ทุกวันจันทร์ถึงศุกร์ เวลา 06.30 น.', { exact: false }).waitFor();
  const ask = dialog.getByRole('button', { name: 'ส่งขออนุมัติ' });
  expect(await ask.isDisabled()).toBe(true);
  await dialog.getByRole('checkbox', { name: /รับทราบข้อขัดแย้ง/ }).check();
  await until(async () => expect(await ask.isEnabled()).toBe(true));
  await picture(page, 'schedule-publish');
  await ask.click();
  await giveThePasswordAgain(somchai, author);
  await page.getByText(/ผังของพื้นที่นี้รอผู้อนุมัติอยู่ ส่งโดย somchai/).waitFor();
  expect((await country.operator.ask('versions', { area: '43' })).versions).toEqual([]);

  const malee = await visit(country, { path: '/console/approvals' });
  await logOn(malee.page, approver);
  await malee.page.getByText('ทุกวันจันทร์ถึงศุกร์ เวลา 06.30 น.', { exact: false }).waitFor();
  await hold(malee, /^อนุมัติ/);
  await giveThePasswordAgain(malee, approver);
  await until(async () =>
    expect((await country.operator.ask('versions', { area: '43' })).versions).toMatchObject([{ version: 1 }]),
  );

  await page.reload();
  await page.getByText('ตรงกับที่เผยแพร่แล้ว (รุ่นที่ 1)').waitFor();
  await page.getByRole('button', { name: 'เพิ่มเติม' }).click();
  await page.getByRole('menuitem', { name: 'การส่งถึงหอ' }).click();
  await page.getByText('ได้รุ่นล่าสุดแล้ว 1', { exact: false }).waitFor();
  await page.getByRole('cell', { name: /hall-plan/ }).waitFor();
  for (const each of [somchai, malee]) expectNoComplaints(each);
});

test('what villages hear at any point, and why what loses does not play', async () => {
  const visitor = await atSchedule(country, author, { search: `?area=43&view=day&day=${MONDAY}` });
  const { page } = visitor;
  await page.getByRole('button', { name: /22\.00 ทดสอบเสียงดึก/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'หมู่บ้านจะได้ยินอะไร' }).click();
  await page.getByText('ทั้งวัน').click();
  await page
    .getByText(/ออก: ถึงเวลาตามผัง/)
    .first()
    .waitFor();
  await page
    .getByText(/ไม่ออก: หอไม่ออกเสียงในเวลางดใช้เสียง/)
    .first()
    .waitFor();
  await page
    .getByText(/ไม่มีกล่อง 1/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'ดูรายชื่อหมู่บ้าน' }).first().click();
  await page
    .getByText(/^บ้าน\S+ หมู่ที่ \d+ ตำบล/)
    .first()
    .waitFor();
  await picture(page, 'schedule-hearing');
  expectNoComplaints(visitor);
});

test('a district publishes alone, and an earlier version again as the next one', async () => {
  for (const title of ['ผังเดิม', 'ผังใหม่']) {
    await country.operator.ask('draft', { area: '4301', entries: [entry('plan', '12:30', title)] });
    await country.operator.ask('publish', { area: '4301' });
  }
  const somchai = await atSchedule(country, author, { search: `?area=4301&view=week&day=${MONDAY}` });
  const { page } = somchai;
  await page.getByRole('button', { name: /12\.30 ผังใหม่/ }).waitFor();
  await page.getByRole('button', { name: 'เพิ่มเติม' }).click();
  await page.getByRole('menuitem', { name: 'รุ่นที่ผ่านมา' }).click();
  await page.getByRole('button', { name: 'กลับไปใช้รุ่นนี้' }).click();
  const dialog = page.getByRole('dialog', { name: /^กลับไปใช้รุ่นที่ 1/ });
  await dialog.getByText('จะเป็นรุ่นที่ 3', { exact: false }).waitFor();
  await dialog.getByText('ผังเดิม', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'เผยแพร่', exact: true }).click();
  await page.getByRole('button', { name: /12\.30 ผังเดิม/ }).waitFor();
  const { versions } = await country.operator.ask('versions', { area: '4301' });
  expect(versions[0]).toMatchObject({ version: 3, by: 'somchai', same_as: 1 });
  expectNoComplaints(somchai);
});

test('a calendar of another program comes in as a draft after a look, and goes out again', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page.getByRole('button', { name: 'เพิ่มเติม' }).click();
  await page.getByRole('menuitem', { name: /iCalendar/ }).click();
  const ics = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//office//th', 'BEGIN:VEVENT', 'UID:meeting@office'],
    ...['DTSTAMP:20260101T000000Z', `DTSTART;TZID=Asia/Bangkok:${MONDAY.replaceAll('-', '')}T130000`],
    ...[
      `DTEND;TZID=Asia/Bangkok:${MONDAY.replaceAll('-', '')}T140000`,
      'SUMMARY:ประชุมประจำเดือน',
      'RRULE:FREQ=WEEKLY;BYDAY=MO',
    ],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'office.ics', mimeType: 'text/calendar', buffer: Buffer.from(ics) });
  const before = await entriesOf(country);
  await page.getByRole('button', { name: 'ตรวจก่อน' }).click();
  await page.getByText('พบ 1 เหตุการณ์ เป็นรายการของระบบ 0 แปลงมา 1').waitFor();
  expect(await entriesOf(country)).toEqual(before);
  await page.getByRole('button', { name: 'นำเข้าลงฉบับร่าง', exact: true }).click();
  await until(async () =>
    expect((await entriesOf(country)).map(({ announcement: { title } }) => title)).toContain(
      'ประชุมประจำเดือน',
    ),
  );
  await page.getByRole('button', { name: 'เพิ่มเติม' }).click();
  await page.getByRole('menuitem', { name: /iCalendar/ }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'ดาวน์โหลดฉบับร่าง' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('prakat-43-draft.ics');
  expectNoComplaints(visitor);
});

test('holidays are seen, and a calendar of school days is imported', async () => {
  const visitor = await atSchedule(country, author);
  const { page } = visitor;
  await page.getByRole('button', { name: 'เพิ่มเติม' }).click();
  await page.getByRole('menuitem', { name: 'วันหยุดและปฏิทิน' }).click();
  await page.getByText('วันพ่อแห่งชาติ').first().waitFor();
  const csv = `date,to,title\n${MONDAY},${MONDAY},วันไหว้ครู\n`;
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'school.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('textbox', { name: 'ชื่อปฏิทิน' }).last().fill('school-term');
  await page.getByRole('button', { name: 'นำเข้า', exact: true }).click();
  await page.getByText('วันไหว้ครู').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('วันไหว้ครู', { exact: true }).waitFor();
  expectNoComplaints(visitor);
});
