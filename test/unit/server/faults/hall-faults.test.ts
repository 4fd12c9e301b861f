import { expect, test } from 'vitest';
import { DeviceConfig } from '../../../../device/config.ts';
import { isServerError } from '../../../../server/errors.ts';
import { HALL_MESSAGES } from '../../../../server/faults/hall-messages.ts';
import { readDocument } from '../../../../server/faults/read-document.ts';
import { messages } from './schema-messages.ts';

/** A technician's `hall.json`: what is wrong with it is said in words, and in Thai. */
function faultsIn(more: object) {
  try {
    readDocument(DeviceConfig, { data: '/var/lib/prakat', ...more });
    return [];
  } catch (error) {
    if (!isServerError(error)) throw error;
    return error.faults.map(({ path, en, th }) => ({ path, en, th }));
  }
}

/** Their words hold a figure: `wording.ts` writes them. */
const WITH_A_FIGURE = / at most \d+ lamps( a side)?$/;

test('all words of the configuration have a Thai side', () => {
  const said = messages(DeviceConfig);
  expect(said).toContain('close_dbfs is below open_dbfs');
  expect(said.filter((each) => HALL_MESSAGES[each] === undefined && !WITH_A_FIGURE.test(each))).toEqual([]);
  for (const { th } of Object.values(HALL_MESSAGES)) expect(th).toMatch(/[ก-๙]/);
});

const level = { open_dbfs: -50, close_dbfs: -40 };
const [TIME_EN, TIME_TH] = ['a time of the day, as 21:00', 'ต้องเป็นเวลาของวัน เช่น 21:00'];
test.each([
  [
    { laws: { quiet: [{ from: '25:00', until: '06:00' }] } },
    'laws.quiet[0].from',
    `"25:00": ${TIME_EN}`,
    `"25:00": ${TIME_TH}`,
  ],
  [
    { brightness: { hours: { '6': 40 } } },
    'brightness.hours.6',
    'a time of the day, as 17:30',
    'ต้องเป็นเวลาของวัน เช่น 17:30',
  ],
  [
    { inputs: { relay: { device: 'x', level } } },
    'inputs.relay.level.close_dbfs',
    'close_dbfs is below open_dbfs',
    'close_dbfs ต้องต่ำกว่า open_dbfs',
  ],
  [
    { local: { page: { listen: '0.0.0.0' } } },
    'local.page.listen',
    'name one address of the box',
    'ให้ระบุที่อยู่หนึ่งของกล่องนี้',
  ],
  [{ amplifier: { type: 'gpio', line: 'GPIO 17' } }, 'amplifier.line', 'letters, digits', 'ตัวอักษรอังกฤษ'],
  [
    { board: { line: 'ttyUSB0' } },
    'board.line',
    '"ttyUSB0": a line is tcp:host:port, or /dev/name',
    '"ttyUSB0": สายต้องเขียนแบบ',
  ],
])('%j', (more, path, en, th) => {
  expect(faultsIn(more)).toEqual([
    { path, en: expect.stringContaining(en), th: expect.stringContaining(th) },
  ]);
});
