import { expect, test } from 'vitest';
import { compose } from '../../../../device/panel/layout/compose.ts';
import { wordFaults } from '../../../../device/panel/layout/word-faults.ts';
import samples from '../../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { signFont } from './font.ts';

const font = signFont();

function faultsOn(
  size: { width: number; height: number },
  page: { text: string; title?: string },
  marquee = false,
) {
  const content = { type: 'page' as const, page: { ...page, seconds: 10 }, band: 40 as const };
  const composed = compose({ ...size, depth: 'rgb565', marquee, content }, font);
  const layouts = composed.map(({ layout }) => layout);
  return wordFaults(page, layouts, font);
}

test.each(samples.texts)('what is written well is read whole on a usual sign: $id', ({ title, text }) => {
  expect(faultsOn({ width: 128, height: 64 }, { title, text })).toEqual([]);
});

test('letters that no sign has, and pictures beside the words, are named once each', () => {
  expect(faultsOn({ width: 128, height: 64 }, { title: '水', text: '🌊 น้ำท่วม 水 🌊 ระวัง ⚠️' })).toEqual([
    { kind: 'unshown', what: ['水'] },
    { kind: 'ornaments', what: ['🌊', '⚠'] },
  ]);
});

test('a word that no line holds is named; one that is parted into the words it is made of is not', () => {
  const text = 'ข่าว ผู้ว่าราชการ คอมพิวเตอร์ www.longlonglonglonglong.example';
  expect(faultsOn({ width: 56, height: 32 }, { text })).toEqual([
    { kind: 'cut', what: ['คอมพิวเตอร์', 'www.longlonglonglonglong.example'] },
  ]);
  // Where text runs through, every word has room enough.
  expect(faultsOn({ width: 128, height: 16 }, { text }, true)).toEqual([]);
});

test('a title of pictures alone makes no empty screen', () => {
  const page = { title: '🎉', text: 'สวัสดีปีใหม่', seconds: 10 };
  const content = { type: 'page' as const, page, band: 40 as const };
  const screens = compose({ width: 128, height: 64, depth: 'rgb565', marquee: false, content }, font);
  expect(screens.map(({ layout }) => layout.lines.map(({ text }) => text).join(' '))).toEqual(['สวัสดี ปีใหม่']);
});
