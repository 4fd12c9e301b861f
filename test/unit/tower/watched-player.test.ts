import { describe, expect, it } from 'vitest';
import { WatchedPlayer } from '../../../device/agent/watched-player.ts';
import { DeviceError } from '../../../device/errors.ts';
import { Warnings } from '../../../device/health/warnings.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { FakePlayer } from './fake-sound.ts';

const MINUTE_MS = 60_000;

function setPlayer(staysReady = true) {
  const clock = new VirtualClock();
  const card = new FakePlayer(clock);
  const told: string[] = [];
  const warnings = new Warnings(({ code, raised }) => void told.push(`${raised ? '' : 'no '}${code}`));
  const player = new WatchedPlayer({ player: card, warnings, clock, staysReady });
  return { clock, card, player, told };
}

describe('a sound device that is looked after', () => {
  it('is open before anybody wants it, and again after', async () => {
    const { clock, card, player } = setPlayer();
    player.look();
    await clock.advance(10);
    expect(card.open).toBe(1);
    const voice = await player.arm();
    expect(card.voices).toHaveLength(1);
    await voice.write(new Int16Array(480));
    expect(voice.frames()).toBe(480);
    await voice.cut();
    expect(card.open).toBe(0);
    await clock.advance(1_000);
    expect(card.open).toBe(1);
    await player.stop();
    expect(card.open).toBe(0);
    expect(clock.pending()).toBe(0);
  });

  it('is missed within a minute when it vanishes while nothing is played, and found again', async () => {
    const { clock, card, player, told } = setPlayer();
    player.look();
    await clock.advance(10);
    card.armFails = new DeviceError('no-sound-device');
    await clock.advance(MINUTE_MS);
    expect(told).toEqual(['no-sound-device']);
    expect(player.works).toBe(false);
    await expect(player.arm()).rejects.toMatchObject({ code: 'no-sound-device' });
    card.armFails = undefined;
    await clock.advance(MINUTE_MS);
    expect(told).toEqual(['no-sound-device', 'no no-sound-device']);
    expect(player.works).toBe(true);
    await player.stop();
  });

  it('is never opened beside the voice that is on air', async () => {
    const { clock, card, player, told } = setPlayer();
    player.look();
    await clock.advance(10);
    const voice = await player.arm();
    await clock.advance(5 * MINUTE_MS);
    expect(card.voices).toHaveLength(1);
    const next = player.arm();
    await expect(next).rejects.toMatchObject({ code: 'no-sound-device' });
    await voice.drain();
    await clock.advance(2 * MINUTE_MS);
    expect(card.open).toBe(1);
    expect(told.at(-1)).toBe('no no-sound-device');
    await player.stop();
  });

  it('is closed in between where other programs need it', async () => {
    const { clock, card, player } = setPlayer(false);
    player.look();
    await clock.advance(10);
    expect(card.open).toBe(0);
    await (await player.arm()).cut();
    await clock.advance(5 * MINUTE_MS);
    expect(card.open).toBe(0);
    expect(clock.pending()).toBe(0);
  });
});
