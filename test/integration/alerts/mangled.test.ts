import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../scripts/virtual-world/seeded-random.ts';
import { checkAlerts } from '../../../server/alerts/check-alerts.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { CANCEL, FLOOD } from '../../fixtures/cap/fixtures.ts';
import { processorWatch } from '../../unit/processor-time.ts';
import { rsaKey, signAlert } from './signed-alert.ts';

const SEED = Number(process.env.PRAKAT_SEEDS ?? 2611);
const RUNS = Number(process.env.PRAKAT_FUZZ_RUNS ?? 600);
/** Of the processor, so that a busy machine does not matter. A real alert takes a few. */
const MOST_MS = 1_000;

const SIGNED = signAlert(FLOOD, rsaKey(), { hash: 'sha256', exclusive: true, transform: true });
const SEEDS = [FLOOD, CANCEL, SIGNED].map((text) => Buffer.from(text, 'utf8'));
const PIECES = [
  '<!DOCTYPE a [<!ENTITY a "ก"><!ENTITY b "&a;&a;">]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.1"?>',
  '&#0;',
  '&#x110000;',
  '&amp;',
  '<a:b xmlns:a="">',
  'xmlns="urn:oasis:names:tc:emergency:cap:1.2"',
  '</alert>',
  '<alert>',
  '\ufeff',
  '\0',
  '\ud800',
  `${'9'.repeat(400)},${'9'.repeat(400)} `,
  ' '.repeat(5_000),
].map((piece) => Buffer.from(piece, 'utf8'));

/** Between one and four things are done to it. */
function mangle(bytes: Buffer, random: SeededRandom): Buffer {
  let made = bytes;
  for (let times = random.between(1, 4); times > 0; times--) {
    const at = random.between(0, made.length);
    const end = Math.min(made.length, at + random.between(1, 60));
    const piece = random.pick([
      Buffer.alloc(0),
      random.bytes(random.between(1, 8)),
      random.pick(PIECES),
      made.subarray(at, end),
      made.subarray(0, random.between(0, made.length)),
    ]);
    made = Buffer.concat([made.subarray(0, at), piece, made.subarray(random.chance(0.5) ? at : end)]);
  }
  return made;
}

function milliseconds(bytes: Uint8Array): { ms: number; verdicts: string[] } {
  const tookMs = processorWatch();
  const checked = checkAlerts(bytes, { readXml, villages: [{ code: '43020101', lat: 17.85, lon: 102.58 }] });
  return { ms: tookMs(), verdicts: checked.map(({ judgement }) => judgement.verdict) };
}

describe('files that were mangled', () => {
  it(`never throw, always say something, and take no second: ${RUNS} of seed ${SEED}`, () => {
    const random = new SeededRandom(SEED);
    for (let run = 0; run < RUNS; run++) {
      const bytes = mangle(random.pick(SEEDS), random);
      const { ms, verdicts } = milliseconds(bytes);
      expect(verdicts.length, `seed ${SEED}, run ${run}`).toBeGreaterThan(0);
      expect(ms, `seed ${SEED}, run ${run}`).toBeLessThan(MOST_MS);
    }
  });

  it('truncated anywhere, an alert never sounds', () => {
    const [bytes = Buffer.alloc(0)] = SEEDS;
    for (let end = 0; end < bytes.length - 2; end += 37) {
      const { verdicts } = milliseconds(bytes.subarray(0, end));
      expect(verdicts, `cut at ${end}`).toEqual(['refuse']);
    }
  });
});

describe('files made to be dear', () => {
  const alert = (inside: string) => FLOOD.replace('<info>', `${inside}<info>`);
  it.each<[string, string]>([
    ['6 MB of blanks', ' '.repeat(6_000_000)],
    ['6 MB of comment', `<!--${'-a'.repeat(3_000_000)}`],
    ['a million elements', `<a>${'<b/>'.repeat(1_000_000)}</a>`],
    ['a million deep', '<a>'.repeat(1_000_000)],
    ['50,000 attributes', `<a ${Array.from({ length: 50_000 }, (_, each) => `a${each}=""`).join(' ')}/>`],
    [
      '50,000 namespaces',
      `<a ${Array.from({ length: 50_000 }, (_, each) => `xmlns:a${each}="u${each}"`).join(' ')}/>`,
    ],
    [
      '100,000 references',
      alert(`<references>${'a,b,2026-11-26T07:30:00-00:00 '.repeat(100_000)}</references>`),
    ],
    ['a polygon of 300,000', FLOOD.replace('<polygon>', `<polygon>${'17.70,102.40 '.repeat(300_000)}`)],
    ['30,000 infos', FLOOD.replace('<info>', `${'<info/>'.repeat(30_000)}<info>`)],
    ['5,000 alerts after each other', CANCEL.repeat(5_000)],
    ['a sound of 5 MB', FLOOD.replace('c2lsZW5j', 'c2ls'.repeat(1_250_000))],
    [
      '2,000 alerts as text',
      `<rss>${'<d>&lt;a x="urn:oasis:names:tc:emergency:cap:1.2"></d>'.repeat(2_000)}</rss>`,
    ],
    [
      'three signatures over 4 MB',
      FLOOD.replace('c2lsZW5j', 'c2ls'.repeat(1_000_000)).replace(
        '</alert>',
        `${(/<Signature [\s\S]*<\/Signature>/.exec(SIGNED)?.[0] ?? '').repeat(3)}</alert>`,
      ),
    ],
  ])('%s', (what, text) => {
    const { ms, verdicts } = milliseconds(Buffer.from(text, 'utf8'));
    expect(verdicts.length, what).toBeGreaterThan(0);
    expect(ms, what).toBeLessThan(MOST_MS);
  });
});
