import { parseLine } from '../../../device/drivers/line/line.ts';
import { tcpLine } from '../../../device/drivers/line/tcp-line.ts';
import { plugIntoTcp } from '../../../scripts/virtual-board/plug.ts';
import { byteLineConformance } from './byte-line-conformance.ts';

byteLineConformance('TCP', {
  plugInto: (device) => plugIntoTcp(device),
  lineTo: (spec, writeTimeoutMs) => {
    const line = parseLine(spec);
    if (line.kind !== 'tcp') throw new TypeError(spec);
    return tcpLine({ ...line, writeTimeoutMs });
  },
  // RFC 6335: port 1 is tcpmux, which nobody runs.
  nowhere: 'tcp:127.0.0.1:1',
});
