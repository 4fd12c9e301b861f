import { afterEach, describe, expect, it } from 'vitest';
import type { Play } from '../../../device/playout/play.ts';
import { playOf } from '../playout/stage.ts';
import { toneOf } from '../tower/tower-stage.ts';
import { type HallOfInputs, key, raised, setInputStage, VALUES } from './input-stage.ts';

let stage: HallOfInputs;
afterEach(async () => {
  const closing = stage.close();
  await stage.clock.advance(10_000);
  await closing;
});

/** How long each value was heard, ms, in all voices so far. */
function heardMs(value: number): number {
  const frames = stage.player.voices.flatMap((voice) => [...voice.samples()]);
  return frames.filter((sample) => sample === value).length / 48;
}

function said(ms: number): Pick<Play, 'announcement'> {
  const tower = { chime: 'none' as const, parts: [toneOf(ms)], times: 1, gap_ms: 0 };
  return { announcement: { title: 'น้ำท่วม', language: 'th', tower } };
}

describe('a microphone', () => {
  it('is a play of its band from the key to the key, all of it heard, and reported with its level', async () => {
    stage = setInputStage();
    await stage.clock.advance(100);
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(5_000);
    expect(stage.playout.now().tower).toMatchObject({ title: 'ไมโครโฟนประจำหมู่บ้าน', band: 70 });
    key(stage.microphone, 0);
    await stage.clock.advance(2_000);
    const [, , end] = stage.journal.events;
    expect(stage.journal.events.map(({ type }) => type)).toEqual(['accepted', 'started', 'ended']);
    expect(end).toMatchObject({
      play: expect.stringMatching(/^input\/microphone\/20261113T0800\d{5}$/),
      outcome: 'finished',
      started_at: expect.any(String),
      tower: { peak_cdbfs: Math.round(2_000 * Math.log10(VALUES.microphone / 32_768)) },
    });
    expect(heardMs(VALUES.microphone)).toBeGreaterThan(4_950);
    expect(stage.told.at(-1)).toBe('amplifier off');
  });

  it('is heard while it is spoken into: less than 300 ms later, after the first pause', async () => {
    stage = setInputStage();
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(3_000);
    stage.microphone.recorder.value = 1;
    await stage.clock.advance(3_000);
    stage.microphone.recorder.value = 7_777;
    const spokenAt = stage.clock.monotonic();
    await stage.clock.advance(1_000);
    const voice = stage.player.voices[0];
    const chunk = voice?.chunks.find(({ samples }) => samples.includes(7_777));
    // What is written sounds when what was written before it has: 100 ms ahead at most.
    expect((chunk?.at ?? Number.POSITIVE_INFINITY) + 100 - spokenAt).toBeLessThan(300);
  });

  it('takes the tower from what was scheduled, which goes on afterwards', async () => {
    stage = setInputStage();
    stage.submit(playOf(stage.clock, 'A', 'scheduled', said(20_000)));
    await stage.clock.advance(3_000);
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(4_000);
    expect(stage.playout.now().tower?.band).toBe(70);
    key(stage.microphone, 0);
    await stage.clock.advance(30_000);
    expect(stage.ends().map(({ play, outcome }) => [play.split('/')[0], outcome])).toEqual([
      ['input', 'finished'],
      ['A', 'finished'],
    ]);
  });

  it('waits while an alert speaks, and goes on from what is said then', async () => {
    stage = setInputStage();
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(3_000);
    stage.submit(playOf(stage.clock, 'ALERT', 'alert', said(8_000)));
    await stage.clock.advance(2_000);
    expect(stage.playout.now().tower?.play).toBe('ALERT');
    stage.microphone.recorder.value = 13_333;
    await stage.clock.advance(3_000);
    stage.microphone.recorder.value = 15_555;
    await stage.clock.advance(8_000);
    expect(stage.playout.now().tower?.band).toBe(70);
    expect(heardMs(13_333)).toBe(0);
    expect(heardMs(15_555)).toBeGreaterThan(2_000);
    key(stage.microphone, 0);
    await stage.clock.advance(1_000);
    expect(stage.ends().map(({ outcome }) => outcome)).toEqual(['finished', 'finished']);
  });

  it('that was let go during an alert is not called up afterwards', async () => {
    stage = setInputStage();
    stage.submit(playOf(stage.clock, 'ALERT', 'alert', said(8_000)));
    await stage.clock.advance(1_000);
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(2_000);
    key(stage.microphone, 0);
    await stage.clock.advance(500);
    expect(stage.ends()).toMatchObject([{ outcome: 'cancelled', reason: 'stopped' }]);
    await stage.clock.advance(15_000);
    expect(heardMs(VALUES.microphone)).toBe(0);
  });

  it('takes the tower from the receiver, which goes on afterwards', async () => {
    stage = setInputStage();
    key(stage.relay, VALUES.relay);
    await stage.clock.advance(3_000);
    expect(stage.playout.now().tower?.band).toBe(50);
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(3_000);
    expect(stage.playout.now().tower?.band).toBe(70);
    key(stage.microphone, 0);
    await stage.clock.advance(2_000);
    expect(stage.playout.now().tower?.band).toBe(50);
  });

  it('that was stopped stays silent until its key is pressed anew', async () => {
    stage = setInputStage();
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(3_000);
    const stopped = stage.playout.stop('everything', 'ORDER');
    await stage.clock.advance(5_000);
    await stopped;
    expect(stage.playout.now().tower).toBeUndefined();
    key(stage.microphone, 0);
    await stage.clock.advance(1_000);
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(2_000);
    expect(stage.playout.now().tower?.band).toBe(70);
  });
});

describe('a stuck key', () => {
  it('holds the tower for no longer than it may, is warned of, and works again when it was let go', async () => {
    stage = setInputStage({ maxTalkMs: 60_000 });
    key(stage.relay, VALUES.relay);
    await stage.clock.advance(65_000);
    expect(stage.ends()).toMatchObject([{ outcome: 'interrupted', reason: 'input-stuck' }]);
    expect(stage.told.at(-1)).toBe('amplifier off');
    expect(raised(stage.warned, 'relay-stuck')).toEqual([true]);
    await stage.clock.advance(600_000);
    expect(stage.ends()).toHaveLength(1);
    key(stage.relay, 0);
    expect(raised(stage.warned, 'relay-stuck')).toEqual([true, false]);
    key(stage.relay, VALUES.relay);
    await stage.clock.advance(2_000);
    expect(stage.playout.now().tower?.band).toBe(50);
  });

  it('does not come back with a card that was pulled and plugged in meanwhile', async () => {
    stage = setInputStage({ maxTalkMs: 20_000 });
    key(stage.relay, VALUES.relay);
    await stage.clock.advance(25_000);
    stage.relay.recorder.isUnplugged = true;
    await stage.clock.advance(10_000);
    stage.relay.recorder.isUnplugged = false;
    await stage.clock.advance(10_000);
    expect(stage.relay.input.works).toBe(true);
    expect(stage.ends()).toHaveLength(1);
    expect(stage.playout.now().tower).toBeUndefined();
  });

  it('is no overrun before its longest time: the arbiter does not cut it', async () => {
    stage = setInputStage({ maxTalkMs: 120_000 });
    key(stage.relay, VALUES.relay);
    await stage.clock.advance(110_000);
    expect(stage.playout.now().tower?.band).toBe(50);
    expect(stage.ends()).toEqual([]);
  });
});

describe('a card that is pulled', () => {
  it('ends the talk truthfully, is warned of, and is found again', async () => {
    stage = setInputStage();
    key(stage.microphone, VALUES.microphone);
    await stage.clock.advance(3_000);
    stage.microphone.recorder.isUnplugged = true;
    await stage.clock.advance(1_000);
    expect(stage.ends()).toMatchObject([{ outcome: 'interrupted', reason: 'recorder-failed' }]);
    expect(raised(stage.warned, 'microphone-gone')).toEqual([true]);
    expect(stage.microphone.input.level()).toEqual({ name: 'microphone', there: false, open: false });
    stage.microphone.recorder.isUnplugged = false;
    await stage.clock.advance(10_000);
    expect(raised(stage.warned, 'microphone-gone')).toEqual([true, false]);
    // The key is still pressed: somebody is still speaking.
    expect(stage.playout.now().tower?.band).toBe(70);
  });
});

it('a contact that cannot be read opens nothing', async () => {
  stage = setInputStage();
  stage.microphone.recorder.value = VALUES.microphone;
  stage.microphone.contact.set(undefined);
  await stage.clock.advance(5_000);
  expect(stage.journal.events).toEqual([]);
});
