import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UPLOAD_LIMITS } from '../../../firmware-protocol/http/media.ts';
import type { Answer } from '../../../firmware-protocol/mqtt/answer.ts';
import { longSilence } from '../content/sounds.ts';
import { Town } from '../server/town.ts';
import { type Ended, Prakat } from './prakat.ts';

const THAI = /[ก-๙]/;
let town: Town;
let prakat: Prakat;

beforeAll(async () => {
  [town, prakat] = await Promise.all([Town.found('embedded'), Prakat.built()]);
  await prakat.logOn(town);
  await town.hall('hall-mae', '43010101');
});
afterAll(() => town.close());

/** Nothing crashed, nothing is half done: no order was made, and the next question is answered. */
afterEach(async () => {
  expect((await town.row('hall-mae'))?.presence?.state).toBe('online');
});

/** One document on stdout, and a person's words on stderr in the language that was asked for. */
function failureOf({ code, out, err }: Ended) {
  expect(code).toBe(1);
  expect(err).not.toMatch(/\n\s+at /);
  const { error } = JSON.parse(out);
  expect(error).toMatchObject({ en: expect.any(String), th: expect.stringMatching(THAI) });
  return { error, words: err };
}

async function fails(...args: string[]) {
  return failureOf(await prakat.run([...args, '--json', '--lang', 'th']));
}

async function file(name: string, content: string): Promise<string> {
  const path = join(town.folder, name);
  await writeFile(path, content);
  return path;
}

describe('at the command line', () => {
  it.each([
    ['an unknown area', ['push', '--to', '43', '9901', '--text', 'ก'], 'unknown-area', 'to[1]'],
    ['an area that is none', ['push', '--to', '4x', '--text', 'ก'], 'request-invalid', 'to[0]'],
    ['an unknown hall', ['push', '--to', 'device/nobody', '--text', 'ก'], 'unknown-device', 'to[0]'],
    [
      'a time that is none',
      ['push', '--to', '43', '--text', 'ก', '--at', 'พรุ่งนี้'],
      'request-invalid',
      'start_at',
    ],
    ['an unknown order', ['watch', '01ARZ3NDEKTSV4RRFFQ69G5FAV'], 'unknown-order', 'order'],
    ['an order that is none', ['stop', 'abc'], 'request-invalid', 'order'],
    ['an area to watch that is none', ['watch', '--area', '9901', '--once'], 'unknown-area', 'area'],
    ['a village to explain that is none', ['explain', '99010101'], 'unknown-area', 'who'],
    [
      'a village to enrol that is a province',
      ['enrol', 'hall-two', '--village', '43', '--name', 'ก'],
      'request-invalid',
      'village',
    ],
    [
      'media that nobody uploaded',
      ['push', '--to', '43', '--media', 'a'.repeat(64)],
      'unknown-media',
      'media[0]',
    ],
  ])('%s', async (_what, args, code, path) => {
    const { error, words } = await fails(...args);
    expect(error.code).toBe(code);
    expect(error.faults).toContainEqual({
      path,
      code: expect.any(String),
      en: expect.any(String),
      th: expect.stringMatching(THAI),
    });
    expect(words).toMatch(THAI);
    expect(words).toContain(`${path}: `);
    expect(words.length).toBeLessThan(2_000);
  });

  it.each([
    ['100,000 characters', 100_000, 'request-invalid'],
    ['more than any request may have', 400_000, 'request-too-large'],
  ])('a text of %s', async (_what, letters, code) => {
    const args = ['push', '--to', '43', '--text', '-', '--json'];
    const { error, words } = failureOf(await prakat.run(args, { stdin: 'ก'.repeat(letters) }));
    expect(error.code).toBe(code);
    expect(words.length).toBeLessThan(2_000);
  });

  it.each([
    ['a text file named .mp3', 'upload-not-sound', () => file('song.mp3', 'สวัสดีชาวบ้าน\n'.repeat(400))],
    ['an empty upload', 'upload-empty', () => file('empty.mp3', '')],
    ['three hours of sound', 'upload-too-long', () => longSilence(town.folder, 3)],
    ['a file that is not there', 'no-file', async () => join(town.folder, 'not-there.mp3')],
    ['a folder', 'no-file', async () => town.folder],
  ])('%s', async (_what, code, path) => {
    const { error } = await fails('push', '--to', '43', '--audio', await path());
    expect(error.code).toBe(code);
  });

  it('a file beyond the limit is refused before it is sent', async () => {
    const path = await file('huge.wav', '');
    await truncate(path, UPLOAD_LIMITS.bytes + 1);
    expect((await fails('push', '--to', '43', '--audio', path)).error.code).toBe('upload-too-large');
  });

  it.each([
    ['broken JSON', '{"entries": [', 'json-broken', ''],
    ['no entries', '{"entry": []}', 'request-invalid', undefined],
    ['a wrong type', '{"entries": 5}', 'request-invalid', 'entries'],
    ['an unknown key', '{"entries": [{"ident": "x"}]}', 'request-invalid', 'entries[0].ident'],
  ])('a programme file: %s', async (_what, text, code, path) => {
    const { error } = await fails('programme', '43', '--set', await file('programme.json', text));
    expect(error.code).toBe(code);
    if (path !== undefined) expect(error.faults.map((fault: { path: string }) => fault.path)).toContain(path);
    expect((await town.ask('programme', { area: '43' })).version).toBe(0);
  });

  it.each([
    ['server', '{"broker": {"kind": "embedded", "port": "1883"}}', 'broker.port'],
    ['server', '{"dta": "x"}', 'dta'],
    ['device', '{"data": "x", "tower": {"player": {"type": "loud"}}}', 'tower.player.type'],
    ['device', '{"data": 5}', 'data'],
  ])('a configuration of the %s: %s', async (verb, text, path) => {
    const { error, words } = await fails(verb, '--config', await file('config.json', text));
    expect(error.faults.map((fault: { path: string }) => fault.path)).toContain(path);
    expect(words).toContain(`${path}: `);
  });
});

describe('over MQTT', () => {
  const text = (value: unknown, more: object = {}) => JSON.stringify({ to: ['43'], text: value, ...more });

  it.each([
    ['an unknown area', 'push', '{"to":["43","9901"],"text":"ก"}', 'unknown-area', 'to[1]'],
    ['100,000 characters', 'push', text('ก'.repeat(100_000)), 'request-invalid', 'text'],
    ['broken JSON', 'push', '{"to":["43"],', 'json-broken', ''],
    ['bytes that are no JSON at all', 'push', 'น้ำท่วม', 'json-broken', ''],
    ['a text instead of a list', 'push', '{"to":"43","text":"ก"}', 'request-invalid', 'to'],
    ['a number instead of a text', 'push', text(7), 'request-invalid', 'text'],
    ['a list instead of an object', 'push', '[]', 'request-invalid', ''],
    ['an unknown key', 'push', text('ก', { volume: 11 }), 'request-invalid', 'volume'],
    [
      'an unknown key deep inside',
      'programme',
      '{"area":"43","entries":[{"announcement":{"panel":{"page":[]}}}]}',
      'request-invalid',
      'entries[0].announcement.panel.page',
    ],
  ])('%s', async (_what, what, payload, code, path) => {
    const answer: Answer = await town.answer(what, payload);
    expect(answer).toMatchObject({
      status: 'error',
      error: { code, en: expect.any(String), th: expect.stringMatching(THAI) },
    });
    const faults = answer.status === 'error' ? answer.error.faults : [];
    expect(faults.map((fault) => fault.path)).toContain(path);
    for (const fault of faults) expect(fault.th).toMatch(THAI);
  });
});
