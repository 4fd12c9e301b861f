import { expect, onTestFinished, test, vi } from 'vitest';
import { roomWords, startWords, wordsIn } from '../../../server/console/words/language.ts';

test('a count picks the English of one; Thai has one form; thousands have commas in both', async () => {
  vi.stubGlobal('localStorage', { getItem: () => null });
  vi.stubGlobal('document', { documentElement: {} });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  await startWords();
  const words = roomWords(
    'of-this-test',
    { halls: '{{count, number}} แห่ง', open: 'อีก {{count}} แห่ง' },
    { halls: '{{count, number}} halls', halls_one: '{{count, number}} hall', open: '{{count}} to come' },
  );
  const [thai, english] = [wordsIn(words, 'th'), wordsIn(words, 'en')];
  const said = [0, 1, 2, 7_255].map((count) => [thai('halls', { count }), english('halls', { count })]);
  expect(said).toEqual([
    ['0 แห่ง', '0 halls'],
    ['1 แห่ง', '1 hall'],
    ['2 แห่ง', '2 halls'],
    ['7,255 แห่ง', '7,255 halls'],
  ]);
  expect([thai('open', { count: 1 }), english('open', { count: 1 })]).toEqual(['อีก 1 แห่ง', '1 to come']);
});
