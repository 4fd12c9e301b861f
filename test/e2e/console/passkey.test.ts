import { beforeAll, expect, test } from 'vitest';
import type { Country } from '../../../scripts/virtual-village/country.ts';
import { freePort } from '../../integration/broker/mosquitto-process.ts';
import { foundCountry, temporaryFolder } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, type Visitor, visit } from './stage.ts';

const folder = await temporaryFolder();
let country: Country;
let officer: Account;

beforeAll(async () => {
  // Passkeys are bound to a name; of names without TLS browsers trust this one alone.
  const port = await freePort();
  country = await foundCountry({
    folder,
    server: {
      http: { port },
      public: { http: `http://localhost:${port}` },
      approvals: { alone: [], step_up: true },
    },
  });
  officer = await colleague(country, { user: 'wichai', roles: ['key-officer'], areas: ['43'] });
  for (const user of ['somsri', 'somying'])
    await colleague(country, { user, roles: ['viewer'], areas: ['43'] });
});

/** A phone with a fingerprint that is always there. */
async function withFinger({ context, page }: Visitor): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
}

test('a finger is added with the password, stands for it from then on, and is taken away again', async () => {
  const visitor = await visit(country, { path: '/console/people' });
  const { page } = visitor;
  await withFinger(visitor);
  await logOn(page, officer);
  const openPasskeys = async () => {
    await page.getByRole('button', { name: 'บัญชีของฉัน' }).click();
    await page.getByRole('menuitem', { name: 'กุญแจยืนยัน' }).click();
  };
  const again = page.getByRole('dialog', { name: 'ยืนยันด้วยรหัสผ่านอีกครั้ง' });
  const closeAccount = async (user: string) => {
    await page.getByRole('button', { name: `จัดการ ${user}` }).click();
    await page.getByRole('menuitem', { name: 'ปิดบัญชี' }).click();
    await page.getByRole('dialog', { name: 'ปิดบัญชี' }).getByRole('button', { name: 'ปิดบัญชี' }).click();
  };
  const isClosed = (user: string) =>
    page.getByRole('row').filter({ hasText: user }).getByText('ยังไม่มีรหัสผ่าน หรือปิดแล้ว').waitFor();

  await openPasskeys();
  const own = page.getByRole('dialog', { name: 'กุญแจยืนยันของฉัน' });
  await own.getByLabel('ชื่อกุญแจใหม่').fill('โทรศัพท์ของวิชัย');
  await own.getByRole('button', { name: 'เพิ่มกุญแจ' }).click();
  // The first one takes the password: there is no finger to ask for yet.
  await again.locator('input[type=password]').fill(officer.password);
  expect(await again.getByRole('button', { name: 'ลายนิ้วมือหรือกุญแจ' }).count()).toBe(0);
  await again.getByRole('button', { name: 'ยืนยัน', exact: true }).click();
  await own.getByText('โทรศัพท์ของวิชัย').waitFor();
  await picture(page, 'passkeys');
  await page.keyboard.press('Escape');

  await closeAccount('somsri');
  await again.getByRole('button', { name: 'ลายนิ้วมือหรือกุญแจ' }).click();
  await isClosed('somsri');

  await openPasskeys();
  await own.getByRole('button', { name: 'ลบกุญแจ โทรศัพท์ของวิชัย' }).click();
  await own.getByText('โทรศัพท์ของวิชัย').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await closeAccount('somying');
  await again.locator('input[type=password]').fill(officer.password);
  expect(await again.getByRole('button', { name: 'ลายนิ้วมือหรือกุญแจ' }).count()).toBe(0);
  await again.getByRole('button', { name: 'ยืนยัน', exact: true }).click();
  await isClosed('somying');
  expectNoComplaints(visitor);
});
