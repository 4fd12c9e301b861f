import { expect, test } from 'vitest';
import { clipSentence } from '../../../../server/speech/clip-sentence.ts';

test('the longest recording is taken, and lines are parted by a breath', () => {
  const clips = new Set(['ขอเชิญ', 'ขอเชิญประชุม', 'ประชุม', 'สิบ', 'สิบแปดนาฬิกา']);
  expect(clipSentence('ขอเชิญประชุม สิบแปดนาฬิกา\nขอเชิญ', clips)).toEqual({
    said: [{ clip: 'ขอเชิญประชุม' }, { clip: 'สิบแปดนาฬิกา' }, 'breath', { clip: 'ขอเชิญ' }],
    missing: [],
  });
});

test('what was never recorded is told by its words, each once', () => {
  const { missing } = clipSentence('น้ำท่วม บ้าน น้ำท่วม', new Set(['บ้าน']));
  expect(missing.join('')).toBe('น้ำท่วม');
});

test('a recording never stands for half a cluster', () => {
  expect(clipSentence('น้ำ', new Set(['น'])).said).toEqual([]);
});
