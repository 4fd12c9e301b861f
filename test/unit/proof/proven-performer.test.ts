import { expect, test } from 'vitest';
import { ProvenPerformer } from '../../../device/proof/proven-performer.ts';
import { TappedPlayer } from '../../../device/proof/tapped-player.ts';
import { setTowerStage, signal, toneOf, towerPlay } from '../tower/tower-stage.ts';

test('a play whose last moment passes while the amplifier comes on is late, with proof or without', async () => {
  const { clock, player, amplifier, tower } = setTowerStage();
  amplifier.settleMs = 3_000;
  const proven = new ProvenPerformer({ performer: tower, player: new TappedPlayer(player, clock), clock });
  const performance = await proven.prepare(
    towerPlay(clock, { parts: [toneOf(500)] }),
    undefined,
    signal().signal,
  );
  const performed = performance.perform(signal().signal, undefined, clock.monotonic() + 1_000);
  await clock.advance(10_000);
  expect(await performed).toMatchObject({ end: 'late', tower: { frames: 0 } });
});
