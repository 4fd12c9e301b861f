import { describe, expect, it } from 'vitest';
import { CANCEL, changed, FLOOD } from '../../fixtures/cap/fixtures.ts';
import { judged } from './judged.ts';

const SENT = '2026-11-26T14:30:00+07:00';

const flood = (from: string | RegExp, to: string) => changed(FLOOD, from, to);
const digest = (text: string) => flood('</derefUri>', `</derefUri><digest>${text}</digest>`);

describe('an alert by its content', () => {
  it('may sound: Actual, live, for the public', () => {
    expect(judged(FLOOD)).toMatchObject([
      {
        verdict: 'actuate',
        codes: [],
        identifier: '2.49.0.0.764.0.TH.261126143000.flood',
        language: ['th-TH', 'en-US'],
        audio: 1,
        area: { polygons: 1, circles: 1, geocodes: 2 },
      },
    ]);
  });

  const both = (word: string) => new RegExp(word, 'g');

  it.each<[what: string, text: string, verdict: string, codes: string[]]>([
    ['a prefix is no namespace', flood('xmlns=', 'xmlns:cap='), 'refuse', ['namespace']],
    ['CAP 1.1', flood('cap:1.2"', 'cap:1.1"'), 'refuse', ['version']],
    [
      'CAP 1.0',
      flood('urn:oasis:names:tc:emergency:cap:1.2"', 'http://www.incident.com/cap/1.0"'),
      'refuse',
      ['version'],
    ],
    ['no scope', flood('<scope>Public</scope>', ''), 'refuse', ['element-missing']],
    [
      'wrong order',
      flood(/(<status>.*<\/status>)\s*(<msgType>.*<\/msgType>)/, '$2$1'),
      'refuse',
      ['element-order'],
    ],
    [
      'two identifiers',
      flood('<sender>', '<identifier>b</identifier><sender>'),
      'refuse',
      ['element-repeated'],
    ],
    ['two statuses', flood('<msgType>', '<status>Test</status><msgType>'), 'refuse', ['element-repeated']],
    ['an element of nobody', flood('<msgType>', '<siren/><msgType>'), 'refuse', ['element-unknown']],
    ['an attribute', flood('<status>', '<status loud="yes">'), 'refuse', ['attribute-unknown']],
    ['words between elements', flood('<msgType>', 'ด่วน<msgType>'), 'refuse', ['stray-text']],
    ['a status of nobody', flood('>Actual<', '>Real<'), 'refuse', ['value-unlisted']],
    ['a status with blanks', flood('>Actual<', '> Actual <'), 'refuse', ['value-unlisted']],
    ['an urgency of nobody', flood('>Immediate<', '>Soon<'), 'refuse', ['value-unlisted']],
    ['no category', flood('<category>Met</category>', ''), 'refuse', ['element-missing']],
    ['a blank in the identifier', flood('261126143000.flood', '261126143000 flood'), 'refuse', ['name']],
    ['a comma in the sender', flood('urn:oid:2.49.0.0.764.0<', 'tmd,th<'), 'refuse', ['name']],
    ['an ampersand in the sender', flood('urn:oid:2.49.0.0.764.0<', 'a&amp;b<'), 'refuse', ['name']],
    ['Z', flood(SENT, '2026-11-26T07:30:00Z'), 'refuse', ['time']],
    ['a fraction', flood(SENT, '2026-11-26T14:30:00.000+07:00'), 'refuse', ['time']],
    [
      'a blank that XML has not, before a time',
      flood(`<sent>${SENT}`, `<sent>\u00a0${SENT}`),
      'refuse',
      ['time'],
    ],
    ['blanks as a language', flood('>th-TH<', '> <'), 'refuse', ['value-form']],
    ['a size after a blank that XML has not', flood('<size>', '<size>\u00a0'), 'refuse', ['value-form']],
    ['a comma offset', flood(SENT, '2026-11-26T14:30:00,07:00'), 'refuse', ['time']],
    ['30 February', flood(SENT, '2026-02-30T14:30:00+07:00'), 'refuse', ['time']],
    ['no offset', flood(SENT, '2026-11-26T14:30:00'), 'refuse', ['time']],
    ['restricted to nobody', flood('>Public<', '>Restricted<'), 'refuse', ['restriction-missing']],
    ['private to nobody', flood('>Public<', '>Private<'), 'refuse', ['addresses-missing']],
    ['an update of nothing', flood('>Alert<', '>Update<'), 'refuse', ['references-missing']],
    ['half a reference', flood('<info>', '<references>tmd,1</references><info>'), 'refuse', ['references']],
    [
      'itself',
      flood(
        '<info>',
        `<references>urn:oid:2.49.0.0.764.0,2.49.0.0.764.0.TH.261126143000.flood,${SENT}</references><info>`,
      ),
      'refuse',
      ['reference-to-itself'],
    ],
    [
      'a later one',
      flood('<info>', '<references>a,b,2026-11-26T07:30:01-00:00</references><info>'),
      'refuse',
      ['reference-later'],
    ],
    [
      'categories that differ',
      flood('<category>Met</category>', '<category>Geo</category>'),
      'refuse',
      ['categories-differ'],
    ],
    ['codes that differ', flood('>FFW<', '>TOA<'), 'refuse', ['event-codes-differ']],
    ['three corners', flood(' 18.00,102.70', '').replace(' 18.00,102.40', ''), 'refuse', ['polygon']],
    ['an open polygon', flood(' 17.70,102.40<', '<'), 'refuse', ['polygon']],
    ['latitude 97', flood('17.70,102.70', '97.70,102.70'), 'refuse', ['polygon']],
    ['a circle without a radius', flood('17.88,102.74 12', '17.88,102.74'), 'refuse', ['circle']],
    ['a negative radius', flood('102.74 12', '102.74 -1'), 'refuse', ['circle']],
    ['no areaDesc', flood(/<areaDesc>.*<\/areaDesc>/, ''), 'refuse', ['element-missing']],
    ['a file inside that is none', flood('c2lsZW5j', 'ไม่ใช่'), 'refuse', ['deref-uri']],
    ['a file inside that is cut', flood('c2lsZW5j', 'c2lsZ'), 'refuse', ['deref-uri']],
    ['a ceiling alone', flood('</area>', '<ceiling>500</ceiling></area>'), 'refuse', ['altitude']],
    ['a test', flood('>Actual<', '>Test<'), 'record', ['status-test']],
    ['a draft', flood('>Actual<', '>Draft<'), 'record', ['status-draft']],
    ['an exercise', flood('>Actual<', '>Exercise<'), 'record', ['status-exercise']],
    ['a system message', flood('>Actual<', '>System<'), 'record', ['status-system']],
    ['an acknowledgement', flood('>Alert<', '>Ack<'), 'record', ['ack']],
    ['an error', flood('>Alert<', '>Error<'), 'record', ['error']],
    [
      'restricted',
      flood('<scope>Public</scope>', '<scope>Restricted</scope><restriction>อส.</restriction>'),
      'record',
      ['scope-restricted'],
    ],
    [
      'private',
      flood('<scope>Public</scope>', '<scope>Private</scope><addresses>a</addresses>'),
      'record',
      ['scope-private'],
    ],
    ['without infos', flood(/<info>[\s\S]*<\/info>/, ''), 'record', ['no-info']],
    [
      'over before it was sent',
      flood(both('2026-11-26T20:30:00'), '2026-11-25T20:30:00'),
      'record',
      ['expires-before-sent', 'expires-before-sent'],
    ],
    [
      'backwards',
      flood(both('<effective>2026-11-26T14'), '<effective>2026-11-26T21'),
      'record',
      ['effective-after-expires', 'effective-after-expires'],
    ],
    ['an empty polygon', flood(/<polygon>.*<\/polygon>/, '<polygon/>'), 'actuate', []],
    ['an empty language is en-US', flood('<language>th-TH</language>', '<language/>'), 'actuate', []],
    ['blanks around a time', flood(`<sent>${SENT}`, `<sent>\n  ${SENT}\n `), 'actuate', []],
    [
      'midnight as 24:00',
      flood('<expires>2026-11-26T20:30:00', '<expires>2026-11-26T24:00:00'),
      'actuate',
      [],
    ],
    ['UTC as +00:00', flood(SENT, '2026-11-26T07:30:00+00:00'), 'actuate', []],
    [
      'a schema elsewhere',
      flood(
        '<alert ',
        '<alert xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" ',
      ),
      'actuate',
      ['schema-not-loaded'],
    ],
    ['no end', flood(both('<expires>.*</expires>'), ''), 'actuate', ['expires-assumed', 'expires-assumed']],
    [
      'a week',
      flood(both('<expires>2026-11-26'), '<expires>2026-12-03'),
      'actuate',
      ['life-cut', 'life-cut'],
    ],
    [
      'later',
      flood(both('<effective>2026-11-26T14'), '<effective>2026-11-26T18'),
      'actuate',
      ['not-yet-effective', 'not-yet-effective'],
    ],
    ['sound with its digest', digest('6418c9238cbac0ae7fb8aa2e398995118b87a841'), 'actuate', []],
    [
      'sound with its digest as SHA-256, in capitals',
      digest('BD1B84CEBBDC5CE1682290BB7E4B2186266F3A189392AEA10572E084F4AAA3D7'),
      'actuate',
      [],
    ],
    ['sound with the digest of another', digest('f'.repeat(40)), 'actuate', ['digest-differs']],
    ['a digest that is none', digest('see web site'), 'actuate', []],
    ['nowhere', flood(both('<area>[\\s\\S]*?</area>'), ''), 'actuate', ['no-place']],
  ])('%s', (_what, text, verdict, codes) => {
    const [first, ...others] = judged(text);
    expect(others).toEqual([]);
    expect({ verdict: first?.verdict, codes: first?.codes }).toEqual({ verdict, codes });
  });

  it('says where, in both languages', () => {
    const [alert] = judged(flood('>Immediate<', '>Soon<'));
    expect(alert?.reasons).toEqual([
      {
        code: 'value-unlisted',
        place: 'alert.info[0].urgency',
        line: 16,
        says: { name: 'urgency', value: 'Soon', why: '' },
      },
    ]);
  });
});

describe('an alert at a time', () => {
  it.each([
    ['2026-11-26T14:19:00+07:00', 'record', ['sent-in-future']],
    ['2026-11-26T14:25:00+07:00', 'actuate', ['not-yet-effective', 'not-yet-effective']],
    ['2026-11-26T20:29:59+07:00', 'actuate', []],
    ['2026-11-26T20:30:00+07:00', 'record', ['expired', 'expired']],
  ])('%s: %s', (at, verdict, codes) => {
    expect(judged(FLOOD, at)).toMatchObject([{ verdict, codes }]);
  });

  it('lives for 24 hours without a word from its sender, and one where it does not say', () => {
    const week = flood(/<expires>2026-11-26/g, '<expires>2026-12-03');
    expect(judged(week, '2026-11-27T14:29:59+07:00')).toMatchObject([{ verdict: 'actuate' }]);
    expect(judged(week, '2026-11-27T14:30:00+07:00')).toMatchObject([{ verdict: 'record' }]);
    const silent = flood(/<expires>.*<\/expires>/g, '');
    expect(judged(silent, '2026-11-26T15:29:59+07:00')).toMatchObject([{ verdict: 'actuate' }]);
    expect(judged(silent, '2026-11-26T15:30:00+07:00')).toMatchObject([{ verdict: 'record' }]);
  });

  it('sounds while one of its infos lives', () => {
    const one = flood('<expires>2026-11-26T20', '<expires>2026-11-26T15');
    expect(judged(one, '2026-11-26T17:00:00+07:00')).toMatchObject([{ verdict: 'actuate', codes: [] }]);
  });
});

describe('a cancel', () => {
  it('needs no info, and ends when nothing that it names can live', () => {
    expect(judged(CANCEL)).toMatchObject([{ verdict: 'cancel', codes: [], language: [] }]);
    expect(judged(CANCEL, '2026-11-27T16:00:00+07:00')).toMatchObject([
      { verdict: 'record', codes: ['expired'] },
    ]);
  });

  it('is none in a test, and none without references', () => {
    expect(judged(changed(CANCEL, '>Actual<', '>Test<'))).toMatchObject([{ verdict: 'record' }]);
    expect(judged(changed(CANCEL, /<cap:references>.*<\/cap:references>/, ''))).toMatchObject([
      { verdict: 'refuse', codes: ['references-missing'] },
    ]);
  });
});
