import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlaces } from '../../../../server/areas/place-csv.ts';

const THAI =
  'รหัสหมู่บ้าน,ชื่อหมู่บ้าน,ละติจูด,ลองจิจูด,หอกระจายข่าว,ป้าย,กลุ่ม\n43010101,บ้านโนนสว่าง,17.8783,102.7420,มี,ไม่มี,nam-khong';
const utf8 = (text: string) => new TextEncoder().encode(text);
/** TIS-620: Thai letters are one byte each. */
const tis620 = (text: string) =>
  Uint8Array.from([...text], (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code >= 0xe01 ? code - 0xe00 + 0xa0 : code;
  });
const faultsOf = (text: string) => readPlaces(utf8(text)).faults.map(({ path, code }) => `${path}: ${code}`);

describe('a table of villages', () => {
  it.each([
    ['UTF-8', utf8(THAI), 'utf-8', ','],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${THAI}`), 'utf-8', ','],
    [
      "Excel's semicolons and decimal commas",
      utf8(THAI.replaceAll(',', ';').replaceAll(/(\d)\.(\d)/g, '$1,$2')),
      'utf-8',
      ';',
    ],
    ['TIS-620 with the line ends of Windows', tis620(THAI.replaceAll('\n', '\r\n')), 'tis-620', ','],
    ["Excel's Unicode text", Buffer.from(`\ufeff${THAI.replaceAll(',', '\t')}`, 'utf16le'), 'utf-16', '\t'],
    [
      'Unicode text of a Macintosh',
      Buffer.from(`\ufeff${THAI.replaceAll(',', '\t')}`, 'utf16le').swap16(),
      'utf-16',
      '\t',
    ],
    ["a Macintosh's line ends", utf8(THAI.replaceAll('\n', '\r')), 'utf-8', ','],
    ['quoted cells and Thai digits', utf8(THAI.replace('43010101', '"๔๓๐๑๐๑๐๑"')), 'utf-8', ','],
  ])('%s is read, and said', (_what, bytes, encoding, delimiter) => {
    const read = readPlaces(bytes);
    expect(read).toMatchObject({ faults: [], encoding, delimiter });
    expect(read.villages).toEqual([
      {
        line: 2,
        code: '43010101',
        name: 'บ้านโนนสว่าง',
        nameEn: undefined,
        households: undefined,
        groups: ['nam-khong'],
        sites: [{ name: 'ศาลาประชาคม', point: { lat: 17.8783, lon: 102.742 }, outputs: ['tower'] }],
      },
    ]);
  });

  it('tells every fault by its line, and reads what stands below a quoted line break right', () => {
    const text = [
      'code,name,site,lat,lon,tower,households,groups',
      '43010101,บ้านหนึ่ง,"ศาลา',
      'กลางบ้าน",17.8,102.7,yes,12,river',
      '4.301E+07,บ้านสอง,,17.8,102.7,yes,12,',
      '43010103,,,102.7,17.8,maybe,many,River!',
      '43010104,บ้านสี่,,17.8,,,,',
      '43010101,บ้านอื่น,โรงเรียน,,,,,',
      '43010105,บ้านห้า,,17.8,102.7,no,,,x',
    ].join('\n');
    expect(faultsOf(text)).toEqual([
      'line 4, code: bad-area',
      'line 5, name: missing',
      'line 5, lat: swapped',
      'line 5, lon: swapped',
      'line 5, tower: yes-or-no',
      'line 5, households: bad-number',
      'line 5, groups: bad-group',
      'line 6, lon: missing',
      'line 7, name: two-names',
      'line 8: too-many-cells',
    ]);
  });

  it.each([
    [
      'an unknown column, a missing one',
      'code,colour\n43010101,red',
      ['line 1, colour: unknown-column', 'line 1, name: missing'],
    ],
    ['a column that is there twice', 'code,name,ชื่อหมู่บ้าน\n43010101,ก,ข', ['line 1, ชื่อหมู่บ้าน: used-twice']],
    ['a quotation mark that is not closed', 'code,name\n43010101,"ก\n43010102,ข\n', ['line 2: open-quote']],
    [
      'two quotation marks that swallow a line between them',
      'code,name\n43010101,"ก\n43010102,ข\n43010103,"ค\n',
      ['line 2: open-quote'],
    ],
    ['a mark that turns a name round', 'code,name\n43010101,บ้าน\u202eก', ['line 2, name: bad-text']],
    ['nothing below its heading', 'code,name', ['line 1: empty']],
    ['nothing', '', ['line 1, code: missing', 'line 1, name: missing', 'line 1: empty']],
    ['the same site twice', 'code,name\n43010101,ก\n43010101,ก', ['line 3, site: used-twice']],
  ])('of %s is refused', (_what, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('of the documentation is right', () => {
    const read = readPlaces(readFileSync(join(import.meta.dirname, '../../../../docs/samples/villages.csv')));
    expect(read.faults).toEqual([]);
    expect(read.villages.map(({ code, sites }) => [code, sites.length, sites[0]?.outputs])).toEqual([
      ['43010101', 2, ['tower', 'panel']],
      ['43010102', 1, ['tower']],
      ['41010105', 1, ['panel']],
    ]);
  });

  it('has one village of two sites on two lines', () => {
    const { villages } = readPlaces(utf8('code,name,site,groups\n43010101,ก,ศาลา,a1\n43010101,ก,โรงเรียน,b1'));
    expect(villages[0]?.sites.map(({ name }) => name)).toEqual(['ศาลา', 'โรงเรียน']);
    expect(villages[0]?.groups).toEqual(['a1', 'b1']);
  });
});
