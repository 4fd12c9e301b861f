import { createPublicKey } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { VirtualBoard } from '../../../scripts/virtual-board/virtual-board.ts';
import { panel, panelJson, plugged } from './panel-verbs.ts';

const THAI = /[\u0e01-\u0e5b]/;
let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-firmware-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  writeFileSync(at('image.bin'), Buffer.alloc(20_000, 'เฟิร์มแวร์'));
});

async function madeKey(name = 'maker.pem'): Promise<string> {
  const { code, document } = await panelJson('sign-image', '--make-key', at(name));
  expect(code).toBe(0);
  return document.publicKey;
}

async function signed(release: number, key = 'maker.pem') {
  const files = ['--image', at('image.bin'), '--key', at(key), '--manifest', at('manifest.json')];
  return await panelJson('sign-image', ...files, '--release', String(release));
}

const update = (spec: string) =>
  panelJson('update', '--line', spec, '--image', at('image.bin'), '--manifest', at('manifest.json'));

test('a key that its owner alone can read, never shown, never written over', async () => {
  const publicKey = await madeKey();
  const secret = readFileSync(at('maker.pem'), 'utf8');
  expect(statSync(at('maker.pem')).mode & 0o777).toBe(0o600);
  expect(createPublicKey(secret).export({ type: 'spki', format: 'pem' })).toBe(publicKey);
  const again = await panel('sign-image', '--make-key', at('maker.pem'));
  expect(again.code).toBe(1);
  expect(readFileSync(at('maker.pem'), 'utf8')).toBe(secret);
  const said = JSON.stringify([await signed(2), again]);
  expect(said).not.toContain(secret.split('\n')[1]);
});

test('signed, sent, started; the same version again is refused', async () => {
  const key = await madeKey();
  expect(await signed(2)).toMatchObject({ code: 0, document: { version: 2, bytes: 20_000 } });
  const board = new VirtualBoard({ width: 64, height: 32, update: { key } });
  const { spec } = await plugged(board);
  expect(await update(spec)).toMatchObject({ code: 0, document: { running: 2 } });
  expect(board.update?.running).toBe(2);
  expect(await update(spec)).toMatchObject({ code: 1, document: { error: { code: 'too-old' } } });
});

test('another maker, an image that was changed, a board that takes none: nothing is started', async () => {
  await madeKey();
  await signed(2);
  const key = await madeKey('other.pem');
  const board = new VirtualBoard({ width: 64, height: 32, update: { key } });
  const { spec } = await plugged(board);
  const foreign = await update(spec);
  expect(foreign).toMatchObject({ code: 1, document: { error: { code: 'bad-signature' } } });
  expect(foreign.document.error.th).toMatch(THAI);

  await signed(2, 'other.pem');
  writeFileSync(at('image.bin'), Buffer.alloc(20_000, 'x'));
  expect(await update(spec)).toMatchObject({ code: 1, document: { error: { code: 'bad-digest' } } });
  expect(board.update?.running).toBe(1);

  const plain = await plugged(new VirtualBoard({ width: 64, height: 32 }));
  writeFileSync(at('image.bin'), Buffer.alloc(20_000, 'เฟิร์มแวร์'));
  expect(await update(plain.spec)).toMatchObject({ code: 1, document: { error: { code: 'panel-cannot' } } });
});

test('files that are not what they should be, and words that are missing', async () => {
  writeFileSync(at('manifest.json'), '{"bytes": 5}');
  expect(await update('/dev/ttyUSB0')).toMatchObject({
    code: 1,
    document: { error: { code: 'config-invalid' } },
  });
  writeFileSync(at('maker.pem'), 'not a key');
  expect(await signed(2)).toMatchObject({ code: 1, document: { error: { code: 'key-invalid' } } });
  expect(await signed(0)).toMatchObject({ code: 2 });
  expect(await panelJson('sign-image', '--image', at('image.bin'))).toMatchObject({ code: 2 });
  expect(await panelJson('update', '--line', '/dev/ttyUSB0')).toMatchObject({ code: 2 });
});
