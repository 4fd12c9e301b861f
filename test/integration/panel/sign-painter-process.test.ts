import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Page } from '../../../firmware-protocol/content/announcement.ts';
import { SIGN_PAINTER_LIMITS, SignPainterProcess } from '../../../server/drivers/signs/sign-painter.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { silent } from '../../unit/server/office.ts';

/** What the server does with a painter that misbehaves; each impostor speaks the painter's wire. */

let folder: string;
let clock: HandClock;
let painter: SignPainterProcess;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prakat-sign-painter-'));
  clock = new HandClock();
});
afterEach(async () => {
  await painter.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A program in the painter's place: each line of its start goes to `starts`, each job to `body`. */
function impostor(body: string): void {
  const path = join(folder, 'impostor.mjs');
  const starts = join(folder, 'starts');
  writeFileSync(starts, '');
  writeFileSync(
    path,
    `import { createInterface } from 'node:readline';
     import { appendFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(starts)}, 'x');
     const says = (answer) => process.stdout.write(JSON.stringify(answer) + '\\n');
     const page = { screens: [], pictures: [], leftOut: [], words: [] };
     for await (const line of createInterface({ input: process.stdin })) {
       const { id, page: { text } } = JSON.parse(line);
       ${body}
     }`,
  );
  painter = new SignPainterProcess({ childPath: () => path, clock, log: silent });
}
const starts = () => readFileSync(join(folder, 'starts'), 'utf8').length;

const face = { width: 128, height: 64, depth: 'rgb565' as const, marquee: false };
const paint = (text: string, by = 'somchai') =>
  painter.paint({ face, page: Page.parse({ text }), band: 40 }, by);
const outcome = (text: string) =>
  paint(text).then(
    () => 'painted',
    (error) => error.code,
  );
const PAINTED = { leftOut: [], pictures: [], screens: [], words: [] };

test('a job that ends the painter fails alone; those behind it are painted by the next one, after a rest', async () => {
  impostor(`if (text === 'ระเบิด') process.exit(3); says({ id, painted: page });`);
  const outcomes = Promise.all(['ก่อน', 'ระเบิด', 'หลัง'].map(outcome));
  await vi.waitFor(() => expect(starts()).toBe(1));
  const rests = vi.waitFor(async () => {
    await clock.advance(SIGN_PAINTER_LIMITS.again_ms);
    expect(starts()).toBe(2);
  });
  expect(await outcomes).toEqual(['painted', 'preview-failed', 'painted']);
  await rests;
});

test('one that dies again and again is started ever more seldom, and at once no more', async () => {
  impostor('process.exit(1);');
  expect(await outcome('หนึ่ง')).toBe('preview-failed');
  const second = outcome('สอง');
  await clock.advance(SIGN_PAINTER_LIMITS.again_ms);
  expect(await second).toBe('preview-failed');
  const third = outcome('สาม');
  await clock.advance(SIGN_PAINTER_LIMITS.again_ms);
  expect(starts()).toBe(2);
  await clock.advance(SIGN_PAINTER_LIMITS.again_ms);
  expect(await third).toBe('preview-failed');
  expect(starts()).toBe(3);
});

test('one that hangs is killed, and the job is told as hung', async () => {
  impostor('');
  const hung = outcome('ช้า');
  await vi.waitFor(() => expect(starts()).toBe(1));
  const { pid } = painter;
  await clock.advance(SIGN_PAINTER_LIMITS.job_ms);
  expect(await hung).toBe('preview-hung');
  await vi.waitFor(() => expect(() => process.kill(pid ?? 0, 0)).toThrow());
});

test('one that says nonsense is killed', async () => {
  impostor(`process.stdout.write('ไม่ใช่ JSON\\n');`);
  expect(await outcome('x')).toBe('preview-failed');
});

test('one that has grown ends after its answer, and the next job has a new one at once', async () => {
  impostor('says({ id, painted: page, last: true }); break;');
  expect(await Promise.all([paint('หนึ่ง'), paint('สอง')])).toEqual([PAINTED, PAINTED]);
  expect(starts()).toBe(2);
});

test('twenty pages of one do not hold up a line of another', async () => {
  impostor('says({ id, painted: page });');
  const done: string[] = [];
  const of = (by: string) => paint('x', by).then(() => done.push(by));
  await Promise.all([...Array.from({ length: 20 }, () => of('somchai')), of('malee'), of('kamnan')]);
  expect(done.indexOf('malee')).toBeLessThan(4);
  expect(done.indexOf('kamnan')).toBeLessThan(4);
  expect(done).toHaveLength(22);
});

test('what waits is bounded, of all and of one; another person still comes in', async () => {
  impostor('');
  const { waiting, waitingOfOne } = SIGN_PAINTER_LIMITS;
  const all: Promise<string>[] = [];
  const ask = (by: string) =>
    all.push(
      paint('x', by).then(
        () => 'painted',
        (error) => error.code,
      ),
    );
  for (let n = 0; n <= waitingOfOne + 1; n++) ask('somchai');
  expect(await all.at(-1)).toBe('busy');
  for (let n = waitingOfOne; n < waiting; n++) ask(`user-${n}`);
  ask('malee');
  expect(await all.at(-1)).toBe('busy');
  await painter.close();
  expect(new Set(await Promise.all(all))).toEqual(new Set(['busy', 'preview-failed']));
});

test('nobody types: the painter is let go, and comes back when somebody does', async () => {
  impostor('says({ id, painted: page });');
  await paint('หนึ่ง');
  const { pid } = painter;
  await clock.advance(SIGN_PAINTER_LIMITS.idle_ms);
  await vi.waitFor(() => expect(() => process.kill(pid ?? 0, 0)).toThrow());
  expect(await paint('สอง')).toEqual(PAINTED);
  expect(starts()).toBe(2);
});
