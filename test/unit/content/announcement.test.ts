import { describe, expect, it } from 'vitest';
import {
  ANNOUNCEMENT_LIMITS,
  Announcement,
  filesOf,
  outputsOf,
} from '../../../firmware-protocol/content/announcement.ts';
import { announcement, soundFor } from './documents.ts';

const page = (text: string) => ({ ...announcement, panel: { pages: [{ text }] } });

const picture = { type: 'picture', sha256: 'ab'.repeat(32), bytes: 18_250 };
const pageWith = (more: object) => ({ ...announcement, panel: { pages: [{ text: 'ข่าว', ...more }] } });

/** Paths of what is wrong: `panel.pages.0.text`. */
function faultsOf(said: unknown): string[] {
  return Announcement.safeParse(said).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

describe('an announcement', () => {
  it('is read with what it leaves open', () => {
    expect(
      Announcement.parse({ title: 'ประกาศ', tower: { chime: 'ding' }, panel: { pages: [{ text: 'ข่าว' }] } }),
    ).toEqual({
      title: 'ประกาศ',
      language: 'th',
      tower: { chime: 'ding', parts: [], times: 1, gap_ms: 2_000 },
      panel: { pages: [{ text: 'ข่าว', seconds: 10 }], times: 1 },
    });
  });

  it.each([
    ['a text of 100,000 characters', page('ก'.repeat(100_000)), 'panel.pages.0.text'],
    [
      'a text one character too long',
      page('ก'.repeat(ANNOUNCEMENT_LIMITS.pageChars + 1)),
      'panel.pages.0.text',
    ],
    ['an empty text', page(''), 'panel.pages.0.text'],
    ['a bell', page('น้ำท่วม\u0007'), 'panel.pages.0.text'],
    ['an escape sequence', page('\u001b[2J'), 'panel.pages.0.text'],
    ['half a surrogate pair', page('\ud83d'), 'panel.pages.0.text'],
    ['a line break in a title', { ...announcement, title: 'น้ำ\nท่วม' }, 'title'],
    ['an unknown language', { ...announcement, language: 'Thai!' }, 'language'],
    ['a title of the wrong type', { ...announcement, title: 7 }, 'title'],
    ['nothing for ears or eyes', { title: 'ประกาศ' }, ''],
    ['a silent tower', { title: 'ประกาศ', tower: { chime: 'none' } }, 'tower.parts'],
    [
      'pauses alone',
      { title: 'ประกาศ', tower: { chime: 'none', parts: [{ type: 'pause', ms: 5 }] } },
      'tower.parts',
    ],
    ['no pages', { title: 'ประกาศ', panel: { pages: [] } }, 'panel.pages'],
    ['21 pages', { title: 'ประกาศ', panel: { pages: Array(21).fill({ text: 'ก' }) } }, 'panel.pages'],
    [
      'a page of a second',
      { title: 'ประกาศ', panel: { pages: [{ text: 'ก', seconds: 1 }] } },
      'panel.pages.0.seconds',
    ],
    ['an empty QR code', pageWith({ qr: '' }), 'panel.pages.0.qr'],
    [
      'a QR code too long for any sign',
      pageWith({ qr: 'ก'.repeat(ANNOUNCEMENT_LIMITS.qrChars + 1) }),
      'panel.pages.0.qr',
    ],
    ['two lines in a QR code', pageWith({ qr: 'tel:1784\ntel:1' }), 'panel.pages.0.qr'],
    ['a picture by its address', pageWith({ picture: 'https://x.th/a.png' }), 'panel.pages.0.picture'],
    [
      'a picture by half a hash',
      pageWith({ picture: { ...picture, sha256: 'abc' } }),
      'panel.pages.0.picture.sha256',
    ],
    ['a picture of nothing', pageWith({ picture: { ...picture, bytes: 0 } }), 'panel.pages.0.picture.bytes'],
    [
      'a picture of 5 MB',
      pageWith({ picture: { ...picture, bytes: 5_000_000 } }),
      'panel.pages.0.picture.bytes',
    ],
    [
      'sound for a picture',
      pageWith({ picture: { ...picture, type: 'media' } }),
      'panel.pages.0.picture.type',
    ],
    ['a picture without words', { title: 'ประกาศ', panel: { pages: [{ picture }] } }, 'panel.pages.0.text'],
    ['sound of 3 hours', soundFor(3 * 3_600_000), 'tower.parts.0.ms'],
    ['said 11 times', { ...announcement, tower: { chime: 'ding', times: 11 } }, 'tower.times'],
  ])('with %s is refused, and says where', (_what, said, path) => {
    expect(faultsOf(said)).toEqual([path]);
  });

  it.each([
    ['an override that turns the rest round', '\u202e'],
    ['an embedding', '\u202a'],
    ['an isolate', '\u2067'],
    ['the end of an isolate', '\u2069'],
    ['a mark of direction', '\u200e'],
    ['an Arabic one', '\u061c'],
    ['a line separator', '\u2028'],
    ['a bell', '\u0007'],
  ])('with %s inside is refused, in its title and on its page', (_what, stray) => {
    const words = `น้ำ${stray}ท่วม`;
    expect(faultsOf({ ...page(words), title: words })).toEqual(['title', 'panel.pages.0.text']);
  });

  it.each(['ที่นี่ ฎีกา ปู่ย่าตายาย', 'น้ำ\u200bท่วม', 'บรรทัด\nใหม่', '๑๙๑ / 191', '👨‍👩‍👧', 'ก'.repeat(2_000)])(
    'may say %j',
    (text) => {
      expect(faultsOf(page(text))).toEqual([]);
    },
  );

  it('addresses the outputs that are named and have something to say', () => {
    expect(outputsOf({ announcement, outputs: ['panel', 'tower'] })).toEqual(['panel', 'tower']);
    expect(outputsOf({ announcement: soundFor(1), outputs: ['tower', 'panel'] })).toEqual(['tower']);
    expect(outputsOf({ announcement: soundFor(1), outputs: ['panel'] })).toEqual([]);
  });

  it('names its files: the sound and the pictures', () => {
    const both = { ...soundFor(1_000), panel: pageWith({ picture }).panel };
    const read = Announcement.parse(both);
    expect(filesOf(read).map(({ type }) => type)).toEqual(['media', 'picture']);
    expect(filesOf(Announcement.parse(page('ข่าว'))).filter(({ type }) => type === 'picture')).toEqual([]);
  });
});
