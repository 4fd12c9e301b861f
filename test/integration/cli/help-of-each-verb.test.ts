import { beforeAll, expect, it } from 'vitest';
import { Prakat } from './prakat.ts';

let prakat: Prakat;
beforeAll(async () => {
  prakat = await Prakat.built();
});

it.each(
  'demo server device login enrol push stop programme explain watch panel audio release bench'.split(' '),
)('%s has help in Thai and English', async (verb) => {
  const [english, thai] = await Promise.all([
    prakat.run([verb, '--help']),
    prakat.run([verb, '--help'], { env: { LANG: 'th_TH.UTF-8' } }),
  ]);
  expect(english).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining(`Usage: prakat ${verb}`),
  });
  expect(thai).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/วิธีใช้: .*[ก-๙]{3}/s) });
});
