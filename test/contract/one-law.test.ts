import { expect, it } from 'vitest';
import { PLAYOUT_TIMES } from '../../device/playout/playout-times.ts';
import { RESUME_WITHIN_MS } from '../../firmware-protocol/content/resolver-stage.ts';

it('the server explains by the pause after which the playout gives up', () => {
  expect(RESUME_WITHIN_MS).toBe(PLAYOUT_TIMES.resumeWithinMs);
});
