import { describe, expect, it } from 'vitest';
import { AplayMeter } from '../../../device/drivers/sound/aplay-meter.ts';

const SETUP = [
  "Playing raw data 'stdin' : Signed 16 bit Little Endian, Rate 48000 Hz, Mono\n",
  'Its setup is:\n  stream       : PLAYBACK\n  buffer_size  : 2880\n  period_size  : 480\n',
  '  avail_min    : 480\n  start_threshold  : 960\n  stop_threshold   : 2880\n',
];
const CHUNK = '\r##+                                                | 03%';
const UNDERRUN = 'underrun!!! (at least 35.217 ms long)\n';

function setMeter() {
  const clock = { now: 1_000 };
  const meter = new AplayMeter(() => clock.now);
  const takes = (at: number) => {
    clock.now = at;
    meter.hear(CHUNK);
  };
  for (const piece of SETUP) meter.hear(piece);
  return { clock, meter, takes };
}

describe('what aplay says of its device', () => {
  it('is its setup, however the pipe cuts it', async () => {
    const meter = new AplayMeter(() => 0);
    for (const letter of SETUP.join('')) meter.hear(letter);
    await meter.ready;
    expect(meter.setup).toEqual({ period: 480, buffer: 2_880, startsAt: 960 });
  });

  it('is counted chunk by chunk, and kept from what people read', () => {
    const { meter } = setMeter();
    expect(meter.hear(`${CHUNK}${CHUNK}aplay: write error: No such device\n`)).toBe(
      'aplay: write error: No such device\n',
    );
    expect(meter.taken()).toBe(960);
  });

  it('tells when frames sound from when the device started', () => {
    const { meter, takes } = setMeter();
    meter.writing(0);
    takes(1_001);
    expect(meter.soundsAt(0)).toBeUndefined();
    takes(1_002);
    expect(meter.soundsAt(480)).toBe(1_012);
  });

  it('is believed best when it came with the least delay', () => {
    const { clock, meter, takes } = setMeter();
    meter.writing(0);
    clock.now = 1_009;
    meter.hear(CHUNK.repeat(6));
    expect(meter.soundsAt(0)).toBe(1_009);
    // The buffer is full: the next is taken when one has sounded, and this line was not late.
    takes(1_013);
    expect(meter.soundsAt(0)).toBe(1_003);
    takes(1_030);
    expect(meter.soundsAt(0)).toBe(1_003);
  });

  it('means nothing where a device takes more than its buffer holds: a file', () => {
    const { clock, meter } = setMeter();
    meter.writing(0);
    clock.now = 1_001;
    meter.hear(CHUNK.repeat(20));
    expect(meter.soundsAt(0)).toBe(1_001);
  });

  it('begins anew after it ran dry, also where the pipe cuts the word', () => {
    const { meter, takes } = setMeter();
    meter.writing(0);
    for (const at of [1_001, 1_001, 1_001]) takes(at);
    meter.hear(UNDERRUN.slice(0, 5));
    meter.hear(UNDERRUN.slice(5));
    expect(meter.underruns).toBe(1);
    expect(meter.soundsAt(3 * 480)).toBeUndefined();
    takes(1_080);
    takes(1_081);
    expect(meter.soundsAt(3 * 480)).toBe(1_081);
  });

  it('is not waited for when the time of all that was written has passed', () => {
    const { clock, meter, takes } = setMeter();
    meter.writing(0);
    for (const at of [1_001, 1_001]) takes(at);
    clock.now = 1_060;
    meter.writing(960);
    // aplay says it too, later: it was one gap.
    meter.hear(UNDERRUN);
    for (const at of [1_062, 1_062]) takes(at);
    expect(meter.soundsAt(960)).toBe(1_062);
    expect(meter.underruns).toBe(1);
  });
});
