import { expect, test } from 'vitest';
import { paintFallback } from '../../../device/panel/fallback-page.ts';
import { PaperPainter } from './stage.ts';

const FACE = { width: 2, height: 1, depth: 'mono', marquee: true } as const;

/** The paper painter gives each word a screen of its own; a line break is none. */
const painted = async (place: string, text: string) => {
  const painter = new PaperPainter();
  const words = painter.wordsOf(await paintFallback(painter, FACE, { place, text }));
  return { words, asked: painter.asked };
};

test('the village and what is amiss, on one screen', async () => {
  expect((await painted('บ้านเสาเล้า', 'ขัดข้อง')).words).toBe('บ้านเสาเล้า\nขัดข้อง');
});

test('without a name, what is amiss', async () => {
  expect((await painted('', 'ขัดข้อง')).words).toBe('ขัดข้อง');
});

test('where both do not fit, what is amiss', async () => {
  expect((await painted('หอกระจายข่าว บ้านเสาเล้า', 'ขัดข้อง')).words).toBe('ขัดข้อง');
});

test('where that does not fit either, the village; nothing runs, and no clock stands on it', async () => {
  const { words, asked } = await painted('บ้านเสาเล้า', 'ระบบ ขัดข้อง');
  expect(words).toBe('บ้านเสาเล้า');
  expect(asked.every(({ marquee, depth }) => !marquee && depth === 'mono')).toBe(true);
  expect(asked.at(-1)?.content).toEqual({ type: 'idle', dates: [], place: 'บ้านเสาเล้า' });
});
