import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE_HZ } from '../../device/sound-ports.ts';
import { makeChime } from '../../device/tower/chime.ts';
import { CHIME_MS, Chime } from '../../firmware-protocol/content/announcement.ts';

describe('what the server expects of a hall is what the hall does', () => {
  it.each(Chime.options)('the length of the chime %s', (chime) => {
    expect((makeChime(chime).length / SAMPLE_RATE_HZ) * 1_000).toBe(CHIME_MS[chime]);
  });
});
