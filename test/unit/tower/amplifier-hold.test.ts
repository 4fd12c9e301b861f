import { describe, expect, it } from 'vitest';
import { DeviceError } from '../../../device/errors.ts';
import { pause } from '../../../device/playout/waiting.ts';
import type { Amplifier } from '../../../device/sound-ports.ts';
import { AmplifierHold } from '../../../device/tower/amplifier-hold.ts';
import { TOWER_TIMES } from '../../../device/tower/tower-times.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const NEVER = new AbortController().signal;

/** A relay whose board answers late, and says of the first `off` that it failed. */
function setHold() {
  const clock = new VirtualClock();
  const relay = { isOn: false, onFails: 0, onMs: 0, offFails: 0, offMs: 0 };
  const amplifier: Amplifier = {
    senses: true,
    async on() {
      await pause(clock, relay.onMs, NEVER);
      if (relay.onFails-- > 0) throw new DeviceError('amplifier-failed');
      relay.isOn = true;
    },
    async off() {
      relay.isOn = false;
      await pause(clock, relay.offMs, NEVER);
      if (relay.offFails-- > 0) throw new DeviceError('amplifier-failed');
    },
  };
  return { clock, relay, hold: new AmplifierHold(amplifier, clock, silentLog) };
}

describe('the amplifier', () => {
  it('is not taken from the next voice by an `off` of the one before that failed late', async () => {
    const { clock, relay, hold } = setHold();
    Object.assign(relay, { offFails: 1, offMs: 900 });
    const [first, next] = [{}, {}];
    await hold.take(first, 60_000);
    await hold.release(first, 'linger');
    await clock.advance(TOWER_TIMES.lingerMs + 100);
    const taken = hold.take(next, 60_000);
    await clock.advance(900);
    await taken;
    expect(relay.isOn).toBe(true);
    await clock.advance(10_000);
    expect(relay.isOn).toBe(true);
  });

  it('keeps its limit when the one before lets go late', async () => {
    const { clock, relay, hold } = setHold();
    const [abandoned, next] = [{}, {}];
    await hold.take(abandoned, 60_000);
    await hold.take(next, 5_000);
    await hold.release(abandoned, 'now');
    expect(relay.isOn).toBe(true);
    await clock.advance(5_000);
    expect(relay.isOn).toBe(false);
  });

  it('is told again when it did not go off', async () => {
    const { clock, relay, hold } = setHold();
    relay.offFails = 2;
    const holder = {};
    await hold.take(holder, 60_000);
    await hold.release(holder, 'now');
    await clock.advance(60_000);
    expect(relay.offFails).toBe(-1);
    expect(clock.pending()).toBe(0);
  });

  it('does not linger beyond the end of the agent', async () => {
    const { clock, relay, hold } = setHold();
    relay.offFails = 1;
    const holder = {};
    await hold.take(holder, 60_000);
    await hold.release(holder, 'linger');
    await hold.close();
    expect(relay.isOn).toBe(false);
    expect(clock.pending()).toBe(0);
  });

  it('taken over before it came on is on for nobody when it fails, and is told again by the next', async () => {
    const { clock, relay, hold } = setHold();
    Object.assign(relay, { onFails: 1, onMs: 1_000 });
    const [cut, next] = [{}, {}];
    const first = expect(hold.take(cut, 60_000)).rejects.toThrow('amplifier-failed');
    await hold.release(cut, 'linger');
    const second = expect(hold.take(next, 60_000)).rejects.toThrow('amplifier-failed');
    await clock.advance(1_000);
    await Promise.all([first, second]);
    const again = hold.take(next, 60_000);
    await clock.advance(1_000);
    await again;
    expect(relay.isOn).toBe(true);
  });

  it('given back before it came on stays off', async () => {
    const { clock, relay, hold } = setHold();
    relay.offMs = 900;
    const [first, next] = [{}, {}];
    await hold.take(first, 60_000);
    const releasing = hold.release(first, 'now');
    const taken = hold.take(next, 60_000);
    const released = hold.release(next, 'now');
    await clock.advance(5_000);
    await Promise.all([releasing, taken, released]);
    expect(relay.isOn).toBe(false);
  });
});
