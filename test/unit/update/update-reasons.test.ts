import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  UPDATE_REASONS,
  UPDATE_STEPS,
  updateDetail,
} from '../../../firmware-protocol/content/warnings/update-reasons.ts';

/** The launcher is a shell script; the agent's own reasons stand in its sources. */
const source = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('every reason for which a version is given back or passed over has words in both languages', () => {
  const launcher = source('scripts/packaging/launch');
  const given = [...launcher.matchAll(/give_back "\$trial" ([a-z-]+)|^\s*why=([a-z-]+)/gm)];
  const trial = [...source('device/update/trial.ts').matchAll(/'([a-z]+-[a-z]+|late)'/g)];
  const reasons = [...given, ...trial].flatMap(([, one, other]) => one ?? other ?? []);
  expect(new Set(reasons)).toEqual(
    new Set([
      ...['not-confirmed', 'starts-used-up', 'damaged', 'failing'],
      ...['store-failed', 'output-failed', 'no-link', 'late'],
    ]),
  );
  for (const reason of reasons) expect(UPDATE_REASONS[reason]?.th, reason).toMatch(/[ก-๙]/);
});

test('what is no reason of an update stays what it is', () => {
  expect(updateDetail('ntp 3600 s, board: -12 s')).toEqual({
    en: 'ntp 3600 s, board: -12 s',
    th: 'ntp 3600 s, board: -12 s',
  });
  expect(updateDetail('0.9.2: damaged').th).toBe('0.9.2: ไฟล์ในการ์ดไม่ตรงกับที่ลงนามไว้');
});

test('every step that the state of a hall can name has words in both languages', () => {
  const words = /'([a-z]+(?:-[a-z]+)*)'/g;
  const type = (path: string, name: string) =>
    new RegExp(`type ${name} =([^;]*);`).exec(source(path))?.[1] ?? '';
  const steps = [
    ...type('device/update/next-step.ts', 'Idle').matchAll(words),
    ...type('device/update/quiet-moment.ts', 'Busy').matchAll(words),
  ].map(([, step]) => step ?? '');
  expect(steps).toHaveLength(12);
  for (const step of [...steps, 'trial', 'restart', 'fetch', 'try-out'])
    if (step !== 'no-release' && step !== 'newest') expect(UPDATE_STEPS[step]?.th, step).toMatch(/[ก-๙]/);
});
