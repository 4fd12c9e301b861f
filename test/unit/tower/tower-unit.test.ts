import { expect, test } from 'vitest';
import { towerUnit } from '../../../device/agent/tower-unit.ts';
import { Warnings } from '../../../device/health/warnings.ts';
import { noLaws } from '../../../device/laws/no-laws.ts';
import { pause } from '../../../device/playout/waiting.ts';
import type { Player } from '../../../device/sound-ports.ts';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { FakeAmplifier, FakeDecoder, FakePlayer } from './fake-sound.ts';
import { signal, towerPlay } from './tower-stage.ts';

/** A tower whose card opens slowly and for one program at a time. */
function setUnit() {
  const clock = new VirtualClock();
  const card = new FakePlayer(clock);
  const slow: Player = {
    sink: 'slow',
    async arm() {
      const voice = await card.arm();
      await pause(clock, 80, signal().signal);
      return voice;
    },
  };
  const media = { ensure: async () => 'nothing is fetched here' };
  const raised: string[] = [];
  const unit = towerUnit(
    { player: slow, amplifier: new FakeAmplifier(clock), decoder: new FakeDecoder(), sound: { gainDb: 0 } },
    {
      ...{ clock: new TrustedClock(clock, 0), media, log: silentLog, changed: () => {} },
      laws: noLaws(clock),
      warnings: new Warnings(({ code }) => void raised.push(code)),
    },
  );
  return { clock, card, unit, raised };
}

test('the first play does not find its own card busy with being looked for', async () => {
  const { clock, card, unit, raised } = setUnit();
  unit.start?.();
  unit.look?.();
  const prepared = unit.performer.prepare(towerPlay(clock, { chime: 'ding' }), undefined, signal().signal);
  await clock.advance(500);
  await (await prepared).discard();
  expect(raised).toEqual([]);
  expect(card.voices).toHaveLength(2);
});

test('a card that is missing is not looked for after the stop', async () => {
  const { clock, card, unit } = setUnit();
  card.open = 1;
  unit.start?.();
  unit.look?.();
  await unit.stop?.();
  await clock.advance(1_000);
  expect(clock.pending()).toBe(0);
});
