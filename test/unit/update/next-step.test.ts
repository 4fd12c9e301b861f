import { describe, expect, it, test } from 'vitest';
import { nextStep, type UpdateFacts } from '../../../device/update/next-step.ts';
import { instantOf } from '../../../firmware-protocol/content/instant.ts';
import { placeOf } from '../../../firmware-protocol/content/release.ts';
import { NOW, release } from './releases.ts';

const DEVICE = 'nongkhai-sao-lao';
const BUILD = { manifest: 'ab'.repeat(32), bytes: 200 };
const facts = (changes: Partial<UpdateFacts> = {}): UpdateFacts => ({
  releases: [release()],
  device: DEVICE,
  architecture: 'amd64',
  version: '0.1.0',
  floor: '0.1.0',
  held: {},
  tries: () => ({ count: 0, notBefore: 0 }),
  now: NOW,
  timeKnown: true,
  ...changes,
});
const why = (changes: Partial<UpdateFacts>) => nextStep(facts(changes));

test('a newer version is fetched, and tried out once it lies whole in a slot', () => {
  expect(nextStep(facts())).toMatchObject({ do: 'fetch', build: BUILD });
  const held = { b: { manifest: BUILD.manifest, version: '0.2.0' } };
  expect(nextStep(facts({ held }))).toMatchObject({ do: 'try-out', slot: 'b' });
});

test('the newest of all areas counts; a slot with another content of the same version does not', () => {
  const newer = release({ area: 'th', version: '0.10.0' });
  expect(why({ releases: [release(), newer] })).toMatchObject({ release: { version: '0.10.0' } });
  const held = { b: { manifest: 'cd'.repeat(32), version: '0.2.0' } };
  expect(why({ held })).toMatchObject({ do: 'fetch' });
});

describe('nothing is done', () => {
  const idle: [why: string, changes: Partial<UpdateFacts>][] = [
    ['no-release', { releases: [] }],
    ['no-release', { releases: [release({ share: 0 })] }],
    ['newest', { floor: '0.2.0' }],
    ['newest', { floor: '1.0.0', version: '0.1.0' }],
    ['no-build', { architecture: 'armhf' }],
    ['too-old-for-it', { releases: [release({ least: '0.1.5' })] }],
    ['clock-unknown', { timeKnown: false }],
    ['not-yet', { releases: [release({ not_before: instantOf(NOW + 1) })] }],
    ['failed-before', { tries: () => ({ count: 1, notBefore: NOW + 1 }) }],
    ['gave-up', { tries: () => ({ count: 3, notBefore: 0 }) }],
  ];
  it.each(idle)('%s', (expected, changes) => {
    expect(why(changes)).toMatchObject({ do: 'nothing', why: expected });
  });
});

test('a hall takes part by its place, and begins at its own moment', () => {
  const place = Math.floor(placeOf('0.2.0', DEVICE, 'share') * 100);
  expect(why({ releases: [release({ share: Math.max(1, place) })] })).toMatchObject({
    why: place === 0 ? undefined : 'not-in-share',
  });
  expect(why({ releases: [release({ share: place + 1 })] })).toMatchObject({ do: 'fetch' });
  const spread = { not_before: instantOf(NOW), spread_minutes: 100 };
  const until = NOW + placeOf('0.2.0', DEVICE, 'spread') * 100 * 60_000;
  expect(why({ releases: [release(spread)] })).toMatchObject({ why: 'not-yet', until });
  expect(why({ releases: [release(spread)], now: Math.ceil(until) })).toMatchObject({ do: 'fetch' });
});
