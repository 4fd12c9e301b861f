import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Screen } from '../../../firmware-protocol/mqtt/sign-screen.ts';
import { crc32, crcHex } from '../../../firmware-protocol/serial/crc32.ts';
import { type FarDevice, plugIn } from '../../../scripts/virtual-board/plug.ts';
import { VirtualAlpha } from '../../../scripts/virtual-signs/virtual-alpha.ts';
import { VirtualNovastar } from '../../../scripts/virtual-signs/virtual-novastar.ts';
import { VirtualWled } from '../../../scripts/virtual-signs/virtual-wled.ts';
import { DEVICE, PATIENCE, Stage } from './stage.ts';

const TEXT = 'น้ำท่วม โปรดระวัง';
const announcement = { title: TEXT, panel: { pages: [{ text: TEXT, seconds: 3 }], times: 1 } };

/** Pushes a page to a hall with this sign; resolves with the mark of the page that it reported. */
async function shown(stage: Stage): Promise<string | undefined> {
  await vi.waitFor(() => expect(stage.server.events(DEVICE)[0]?.type).toBe('booted'), PATIENCE);
  const order = stage.server.push({ kind: 'announce', band: 60, announcement }, '4301');
  await vi.waitFor(() => expect(stage.ends(order.id)).toEqual(['panel finished']), PATIENCE);
  const ended = stage.server
    .events(DEVICE)
    .find((event) => event.type === 'ended' && event.play === order.id && event.output === 'panel');
  return ended?.type === 'ended' ? ended.panel?.crc : undefined;
}

/** Which pixels are not dark. */
function litOf(rgb: Uint8Array): number[] {
  const pixels = Array.from({ length: rgb.length / 3 }, (_unused, at) => at);
  return pixels.filter((at) => rgb.subarray(3 * at, 3 * at + 3).some((value) => value > 0));
}

async function pluggedIn(far: FarDevice, stage: Stage): Promise<string> {
  const plug = await plugIn(far, stage.folder);
  onTestFinished(() => plug.unplug());
  return plug.spec;
}

test('a WLED shows the page that the hall reports, beside a tower of its own', async () => {
  const stage = await Stage.open();
  const pixels = Array.from({ length: 64 * 32 }, (_unused, lamp) => lamp);
  const far = new VirtualWled({ width: 64, pixels });
  const seen = new Set<string>();
  const line = await pluggedIn(
    {
      receive: (bytes) => {
        const answers = far.receive(bytes);
        seen.add(markOf(far));
        return answers;
      },
    },
    stage,
  );
  const geometry = { module: { width: 64, height: 32 } };
  const { agent } = await stage.hall({ sign: { type: 'adalight', line, geometry, answers: true } });
  const crc = await shown(stage);
  expect([...seen]).toContain(crc);
  expect(agent.state()?.outputs.panel?.works).toBe(true);
});

test('an Alpha sign of one colour shows Thai as dots', async () => {
  const stage = await Stage.open();
  const size = { width: 80, height: 16 };
  const far = new VirtualAlpha({ ...size, parity: 'even', wantsChecksum: 'sum' });
  let litMost = 0;
  const line = await pluggedIn(
    {
      receive: (bytes) => {
        const answers = far.receive(bytes);
        litMost = Math.max(litMost, far.lamps().rgb.filter((value) => value > 0).length);
        return answers;
      },
    },
    stage,
  );
  await stage.hall({ sign: { type: 'alpha', line, size, colours: 'mono' } });
  expect(await shown(stage)).toMatch(/^[0-9a-f]{8}$/);
  expect(litMost).toBeGreaterThan(100);

  // It cannot be read back: the picture is what was sent, and says so. Of one colour it knows which lamps are lit, not in which.
  const { png, ...told } = await vi.waitFor(async () => {
    const answer = await stage.ask('screen');
    const screen = Screen.parse(answer.status === 'ok' ? answer.data : answer.error);
    const rgb = await sharp(Buffer.from(screen.png ?? '', 'base64'))
      .raw()
      .toBuffer();
    expect(litOf(rgb)).toEqual(litOf(far.lamps().rgb));
    return screen;
  }, PATIENCE);
  expect(told).toMatchObject({ face: { ...size, depth: 'mono' }, known: 'sent', unknown: ['not-read-back'] });
});

test('a folder of PNG files holds the page that the hall reports', async () => {
  const stage = await Stage.open();
  const folder = join(stage.folder, 'pages');
  await stage.hall({ sign: { type: 'png', folder, size: { width: 128, height: 64 } } });
  const crc = await shown(stage);
  const marks = (await readdir(folder)).map(async (name) => {
    const { data } = await sharp(join(folder, name))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return crcHex(crc32(data));
  });
  expect(await Promise.all(marks)).toContain(crc);
});

test('a sign that is missing is a warning, not a reason to stand still', async () => {
  const stage = await Stage.open();
  const geometry = { module: { width: 64, height: 32 } };
  const { agent } = await stage.hall({ sign: { type: 'tpm2', line: 'tcp:127.0.0.1:1', geometry } });
  await vi.waitFor(() => {
    expect(agent.state()?.outputs).toMatchObject({ tower: { works: true }, panel: { works: false } });
    expect(agent.state()?.warnings).toEqual(['panel-gone']);
  }, PATIENCE);
});

test('a sign that takes no pages is nothing to play on, and is dimmed', async () => {
  const stage = await Stage.open();
  const far = new VirtualNovastar();
  const line = await pluggedIn(far, stage);
  const sign = { type: 'novastar', line, size: { width: 64, height: 32 } };
  const { agent } = await stage.hall({ sign, brightness: { hours: { '00:00': 60 } } });
  await vi.waitFor(() => expect(agent.state()?.trust).toBe('server'), PATIENCE);
  expect(agent.state()?.outputs.panel).toBeUndefined();
  // From the middle, in which it is as long as nobody knows the time, or at once.
  await vi.waitFor(() => expect([100, 132, 153]).toContain(far.brightness), PATIENCE);
});

function markOf(far: VirtualWled): string {
  return crcHex(crc32(far.lamps().rgb));
}
