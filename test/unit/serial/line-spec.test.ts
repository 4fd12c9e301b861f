import { expect, test } from 'vitest';
import { openLine, parseLine } from '../../../device/drivers/line/line.ts';

test.each([
  ['tcp:127.0.0.1:4001', { kind: 'tcp', host: '127.0.0.1', port: 4001 }],
  ['tcp:sign.hall.local:4001', { kind: 'tcp', host: 'sign.hall.local', port: 4001 }],
  ['tcp:[::1]:4001', { kind: 'tcp', host: '::1', port: 4001 }],
  ['/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0', baud: 115_200, fixed: false }],
  [
    '/dev/serial/by-id/usb-ch340-port0@921600',
    { kind: 'serial', path: '/dev/serial/by-id/usb-ch340-port0', baud: 921_600, fixed: true },
  ],
  ['board:00000000C0FFEE07', { kind: 'board', board: '00000000c0ffee07', baud: 115_200, fixed: false }],
  [
    'serial:0403:6001:A10K@57600',
    {
      kind: 'adapter',
      adapter: { vendor: '0403', product: '6001', serial: 'A10K' },
      baud: 57_600,
      fixed: true,
    },
  ],
  [
    'serial:1A86:7523',
    { kind: 'adapter', adapter: { vendor: '1a86', product: '7523' }, baud: 115_200, fixed: false },
  ],
])('%s', (spec, line) => {
  expect(parseLine(spec)).toEqual(line);
});

test.each([
  '',
  'tcp:',
  'tcp:host',
  'tcp:host:0',
  'tcp:host:70000',
  'ttyUSB0',
  '/dev/ttyUSB0@',
  '/dev/ttyUSB0@fast',
  '/dev/x@99999999',
  'board:12',
  'serial:0403',
  'serial:0403:60010',
])('refuses "%s"', (spec) => {
  expect(() => parseLine(spec)).toThrow(expect.objectContaining({ code: 'config-invalid' }));
});

test('a serial line knows its rate, a TCP line has none', () => {
  expect(openLine('/dev/ttyUSB0@921600').bytesPerSecond).toBe(92_160);
  expect(openLine('tcp:127.0.0.1:4001').bytesPerSecond).toBeUndefined();
});

test('only a serial line whose rate nobody set may go over to another', () => {
  expect(openLine('/dev/ttyUSB0').setRate).toBeTypeOf('function');
  expect(openLine('/dev/ttyUSB0@115200').setRate).toBeUndefined();
  expect(openLine('tcp:127.0.0.1:4001').setRate).toBeUndefined();
});
