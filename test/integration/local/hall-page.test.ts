import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { DeviceConfig } from '../../../device/config.ts';
import { LocalAgent } from '../../../scripts/technician/local-agent.ts';
import { PATIENCE, Stage, VILLAGE } from '../agent/stage.ts';

const page = { listen: '127.0.0.1', port: 0, link_days: 7 };
const EVIL = '<script>alert("บ้าน")</script>';

async function openHall(more: Record<string, unknown> = {}) {
  const stage = await Stage.open();
  const running = await stage.hall({ local: { page }, place: 'บ้านเสาเล้า', ...more });
  await vi.waitFor(() => expect(running.agent.state()?.trust).toBe('server'), PATIENCE);
  const box = new LocalAgent(join(stage.folder, 'data'));
  const { url } = await box.ask('page-link', {});
  if (url === undefined) throw new Error('no page');
  return { stage, box, url, ...running };
}

/** For who wants to see it: the page as a file, where PRAKAT_PICTURES names a folder. */
async function keep(html: string): Promise<void> {
  const album = process.env.PRAKAT_PICTURES;
  if (album === undefined) return;
  await mkdir(album, { recursive: true });
  await writeFile(join(album, 'hall-page.html'), html);
}

test('who has the link sees what is, what comes, what was, and what to do', async () => {
  const { stage, url, agent } = await openHall({
    board: { line: 'tcp:127.0.0.1:1', panel: { width: 128, height: 32 } },
  });
  const tower = { chime: 'ding' as const, parts: [], times: 1, gap_ms: 0 };
  const at = (minutes: number) =>
    new Date(Date.now() + minutes * 60_000 + 7 * 3_600_000).toISOString().slice(0, 19);
  const entry = (id: string, title: string, minutes: number) => ({
    ...{ id, starts: at(minutes), band: 40 as const, except: [], outputs: ['tower' as const], grace_s: 60 },
    ...{ when_cut: 'resume' as const, announcement: { title, language: 'th', tower } },
  });
  stage.server.programme(VILLAGE, [
    entry('news', 'ข่าวเช้าจากผู้ใหญ่บ้าน', 30),
    entry('evil', EVIL, 90),
    entry('anthem', 'เพลงชาติ', 300),
  ]);
  await vi.waitFor(() => expect(agent.state()?.programmes).toHaveLength(1), PATIENCE);
  await vi.waitFor(() => expect(agent.state()?.warnings).toContain('panel-gone'), PATIENCE);
  const answer = await fetch(url);
  const html = await answer.text();
  await keep(html);
  expect(answer.status).toBe(200);
  for (const words of [
    'บ้านเสาเล้า',
    'ข่าวเช้าจากผู้ใหญ่บ้าน',
    'เพลงชาติ',
    'ควรทำ: ตรวจสายและไฟของป้าย',
    'เชื่อมต่อเซิร์ฟเวอร์อยู่',
  ])
    expect(html).toContain(words);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
});

test('without the key there is nothing, whatever is asked; nothing can be written', async () => {
  const { url } = await openHall();
  const { origin } = new URL(url);
  for (const path of [
    '/',
    '/state',
    '/1-AAAAAAAAAAAAAAAAAAAAAA',
    `${new URL(url).pathname}/x`,
    '/../../etc/passwd',
  ])
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await fetch(url, { method })).status).toBe(405);
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
});

test('no secret of the hall stands on it', async () => {
  const { url, identity, stage } = await openHall();
  const html = await (await fetch(url)).text();
  for (const secret of [identity.password, identity.seed, stage.code, identity.broker])
    expect(html).not.toContain(secret);
});

test('a flood is turned away, and the hall goes on', async () => {
  const { url, agent } = await openHall();
  const asked = () =>
    fetch(url).then(
      ({ status }) => status,
      () => 0,
    );
  // More visitors than there is room for at once: some are not let in at all.
  const crowd = await Promise.all(Array.from({ length: 100 }, asked));
  expect(crowd).toContain(200);
  const answers: number[] = [];
  while (!answers.includes(429) && answers.length < 200) answers.push(await asked());
  expect(answers.at(-1)).toBe(429);
  expect(agent.state()?.trust).toBe('server');
});

test('it is off unless it is asked for, and never on every network', async () => {
  const stage = await Stage.open();
  await stage.hall();
  const box = new LocalAgent(join(stage.folder, 'data'));
  expect(await box.ask('page-link', {})).toEqual({});
  for (const listen of ['0.0.0.0', '::', 'localhost', ''])
    expect(DeviceConfig.safeParse({ ...stage.written(), local: { page: { listen } } }).success).toBe(false);
});

test('an address that this box does not have costs the page, not the hall', async () => {
  const stage = await Stage.open();
  const { agent } = await stage.hall({ local: { page: { ...page, listen: '203.0.113.7' } } });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  const box = new LocalAgent(join(stage.folder, 'data'));
  expect(await box.ask('page-link', {})).toEqual({});
});
