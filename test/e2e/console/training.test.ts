import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, serve } from '../../../server/app.ts';
import { configFrom } from '../../../server/config.ts';
import { bundles } from '../../integration/bundles.ts';
import { temporaryFolder } from '../setting.ts';
import { type Account, colleague, expectNoComplaints, logOn, picture, visit } from './stage.ts';

const folder = await temporaryFolder();
let server: RunningServer;
let author: Account;

beforeAll(async () => {
  await bundles();
  const written = {
    data: 'server',
    broker: { kind: 'embedded', port: 0 },
    http: { port: 0 },
    training: true,
  };
  server = await serve({ config: configFrom({ ...written, log: 'silent' }, folder) });
  author = await colleague({ server }, { user: 'somchai', roles: ['author'], areas: ['43010101'] });
});
afterAll(() => server.stop());

test('a training server looks different in every corner, and says so in words', async () => {
  const { page, complaints } = await visit({ server }, { path: '/console/emergency' });
  await logOn(page, author);
  await page.getByText('โหมดฝึกซ้อม ไม่มีเสียงออกหอกระจายข่าวจริง').waitFor();
  await page.getByText('นี่คือเซิร์ฟเวอร์ฝึกซ้อม การเตือนภัยนี้ไม่ถึงหอกระจายข่าวจริง').waitFor();
  const frame = await page.locator('.training-frame').boundingBox();
  expect(frame).toMatchObject({ x: 0, y: 0, ...page.viewportSize() });
  await picture(page, 'training');
  const phone = await visit({ server }, { size: 'phone', path: '/console/village.html' });
  await phone.page.locator('input[name=user]').fill(author.user);
  await phone.page.locator('input[name=password]').fill(author.password);
  await phone.page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click();
  await phone.page.getByText('ฝึกซ้อม ไม่มีเสียงออกหอกระจายข่าวจริง').waitFor();
  for (const each of [{ complaints }, phone]) expectNoComplaints(each);
});
