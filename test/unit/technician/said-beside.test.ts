import { expect, it } from 'vitest';
import { saidBeside } from '../../../scripts/technician/diagnose/said-beside.ts';

it('of what the agent wrote beside the code of its error, only what says more is shown', () => {
  const said = 'aplay: main:850: audio open error: No such device';
  const detail = `no-sound-device: there is no sound device ${JSON.stringify({ code: 1, said: `x\n${said}` })}`;
  expect(saidBeside(detail, 'no-sound-device')).toBe(said);
  expect(saidBeside('amplifier-failed: the amplifier did not answer {}', 'amplifier-failed')).toBe('');
  expect(saidBeside('the disk is full', 'store-full')).toBe('');
  expect(saidBeside(undefined, 'busy')).toBe('');
  const size = 'panel-refused: the sign refused the page {"configured":"64x32","found":"96x48"}';
  expect(saidBeside(size, 'panel-refused')).toBe('configured 64x32, found 96x48');
  expect(saidBeside('by 01JZ', 'stopped')).toBe('by 01JZ');
});
