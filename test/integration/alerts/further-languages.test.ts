import { expect, it } from 'vitest';
import { changed, FLOOD } from '../../fixtures/cap/fixtures.ts';
import { AUTOMATIC, deskWorld } from './desk-world.ts';

const IN_ENGLISH_TOO = { ...AUTOMATIC, languages: ['en', 'lo'] };
const ENGLISH_SOUND =
  '<resource><resourceDesc>Voice</resourceDesc><mimeType>audio/mpeg</mimeType><derefUri>ZW5nbGlzaA==</derefUri></resource>';
const SPOKEN_IN_BOTH = changed(FLOOD, /(<language>en-US[\s\S]*?)(<area>)/, `$1${ENGLISH_SOUND}$2`);

it('an alert is shown in the languages that are written down, after the Thai; no voice of ours says them', async () => {
  const world = await deskWorld(IN_ENGLISH_TOO);
  await world.one(FLOOD);
  const said = world.sent[0];
  expect(said).toMatchObject({
    announcement: {
      language: 'th',
      panel: {
        pages: [
          { text: expect.stringContaining('ศูนย์พักพิงชั่วคราว') },
          { text: expect.stringMatching(/^[\x20-\x7e\n]+$/) },
        ],
      },
      tower: { parts: [{ type: 'media' }] },
    },
  });
  expect(world.said).toEqual([]);
});

it('it is said in them where it brings their sound along', async () => {
  const world = await deskWorld(IN_ENGLISH_TOO);
  await world.one(SPOKEN_IN_BOTH);
  expect(world.sent[0]).toMatchObject({ announcement: { tower: { parts: [{}, {}], times: 2 } } });
  expect([...world.added].sort()).toEqual(['Voice: english', 'เสียงประกาศ: silenc']);
});

it('without a word about it a village is told in Thai only', async () => {
  const world = await deskWorld(AUTOMATIC);
  await world.one(SPOKEN_IN_BOTH);
  expect(world.sent[0]).toMatchObject({ announcement: { panel: { pages: [{}] }, tower: { parts: [{}] } } });
});
