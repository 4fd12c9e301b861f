import { describe, expect, it } from 'vitest';
import { PLAYOUT_TIMES } from '../../device/playout/playout-times.ts';
import { SAMPLE_RATE_HZ } from '../../device/ports.ts';
import { makeChime } from '../../device/tower/chime.ts';
import { CHIME_MS, Chime } from '../../firmware-protocol/content/announcement.ts';
import { RESUME_WITHIN_MS } from '../../firmware-protocol/content/resolver-stage.ts';

describe('what the server expects of a hall is what the hall does', () => {
  it('a pause after which a play is given up', () => {
    expect(RESUME_WITHIN_MS).toBe(PLAYOUT_TIMES.resumeWithinMs);
  });

  it.each(Chime.options)('the length of the chime %s', (chime) => {
    expect((makeChime(chime).length / SAMPLE_RATE_HZ) * 1_000).toBe(CHIME_MS[chime]);
  });
});
