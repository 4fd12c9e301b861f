import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialLine } from '../../../device/drivers/line/serial-line.ts';
import { plugIntoPty } from '../../../scripts/virtual-board/plug.ts';
import { byteLineConformance } from './byte-line-conformance.ts';

byteLineConformance('serial port on a pty', {
  plugInto: async (device) =>
    plugIntoPty(device, join(await mkdtemp(join(tmpdir(), 'prakat-line-')), 'board')),
  lineTo: (path, writeTimeoutMs) => serialLine({ path, baud: 115_200, fixed: true, writeTimeoutMs }),
  nowhere: '/dev/prakat-no-such-line',
});
