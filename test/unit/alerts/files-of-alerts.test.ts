import { describe, expect, it } from 'vitest';
import { checkAlerts } from '../../../server/alerts/check-alerts.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { CANCEL, changed, FLOOD, inner } from '../../fixtures/cap/fixtures.ts';
import { judged } from './judged.ts';

const flood = (from: string | RegExp, to: string) => changed(FLOOD, from, to);

describe('a file', () => {
  const ATOM = (content: string) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="text/xml">${content}</content></entry></feed>`;
  const EDXL = (status: string) =>
    `<d:EDXLDistribution xmlns:d="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><d:distributionStatus>${status}</d:distributionStatus>
     <d:contentObject><d:xmlContent><d:embeddedXMLContent>${inner(CANCEL)}</d:embeddedXMLContent></d:xmlContent></d:contentObject></d:EDXLDistribution>`;
  const escaped = inner(FLOOD).replaceAll('&', '&amp;').replaceAll('<', '&lt;');

  it.each<[what: string, text: string, verdicts: string[]]>([
    ['Atom', ATOM(inner(FLOOD)), ['actuate']],
    ['Atom with an alert as text', ATOM(escaped), ['actuate']],
    [
      'RSS with an alert in CDATA',
      `<rss><channel><item><description><![CDATA[${FLOOD}]]></description></item></channel></rss>`,
      ['actuate'],
    ],
    ['EDXL-DE', EDXL('Actual'), ['cancel']],
    ['EDXL-DE of an exercise', EDXL('Exercise'), ['record']],
    ['a list', `<alerts>${inner(FLOOD)}${inner(CANCEL)}</alerts>`, ['actuate', 'cancel']],
    ['one after the other', FLOOD + CANCEL, ['actuate', 'cancel']],
    ['one after the other, bare', inner(FLOOD) + inner(CANCEL), ['actuate', 'cancel']],
    [
      'a good and a bad one',
      `<alerts>${inner(FLOOD)}<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/></alerts>`,
      ['actuate', 'refuse'],
    ],
  ])('%s', (_what, text, verdicts) => {
    expect(judged(text).map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  const DEEP = `${'<a>'.repeat(60)}${inner(FLOOD)}${'</a>'.repeat(60)}`;
  it.each<[what: string, text: string, codes: string[]]>([
    ['nothing', '', ['not-xml']],
    ['no XML', 'สวัสดี', ['not-xml']],
    ['a feed without alerts', ATOM(''), ['no-alert']],
    ['words after the end', `${FLOOD}<p>`, ['not-one-document']],
    ['another root after the end', `${FLOOD}<p/>`, ['not-one-document']],
    ['a document type', FLOOD.replace('?>', '?><!DOCTYPE alert>'), ['doctype']],
    [
      'one after a comment',
      FLOOD.replace('?>', '?>\n<!-- <a> -->\n<!DOCTYPE alert [<!ENTITY a "b">]>'),
      ['doctype'],
    ],
    ['an entity', flood('>น้ำท่วมฉับพลัน<', '>&siren;<'), ['not-xml']],
    [
      'XInclude',
      flood('<info>', '<info><i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
      ['xinclude'],
    ],
    ['too deep', DEEP, ['xml-too-deep']],
    ['too many', `<a>${'<b/>'.repeat(70_000)}</a>`, ['xml-too-many']],
    ['an encoding of nobody', FLOOD.replace('UTF-8', 'EBCDIC-TH'), ['encoding']],
    ['Thai that says it is ASCII', FLOOD.replace('UTF-8', 'US-ASCII'), ['encoding']],
    ['bytes that are none', FLOOD.replace('UTF-8', 'UTF-16LE'), ['encoding']],
  ])('%s is refused once', (_what, text, codes) => {
    const read = judged(text);
    expect(read.map(({ verdict }) => verdict)).toEqual(['refuse']);
    expect(read[0]?.codes).toEqual(codes);
  });

  it.each(['TIS-620', 'cp874', 'x-windows-874', 'MS874'])(
    'in the Thai encoding of old systems, as %s',
    (name) => {
      const thai = inner(FLOOD);
      const bytes = Uint8Array.from(thai, (letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return code >= 0xe01 ? code - 0xe01 + 0xa1 : code;
      });
      const file = Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${name}"?>`), bytes]);
      const [checked] = checkAlerts(file, { readXml, villages: [] });
      expect(checked?.read.alert?.info[0]?.event).toBe('น้ำท่วมฉับพลัน');
    },
  );

  it('in UTF-16 without the mark of it', () => {
    const file = Buffer.from(FLOOD.replace('UTF-8', 'UTF-16LE'), 'utf16le');
    const verdicts = (bytes: Uint8Array) =>
      checkAlerts(bytes, { readXml, villages: [] }).map(({ judgement }) => judgement.verdict);
    expect(verdicts(file)).toEqual(['actuate']);
    expect(verdicts(Buffer.from(file).swap16())).toEqual(['actuate']);
  });

  it('of more than 6 MB is not read', () => {
    const [checked] = checkAlerts(new Uint8Array(9 * 1024 * 1024), { readXml, villages: [] });
    expect(checked?.judgement).toMatchObject({ verdict: 'refuse', reasons: [{ code: 'too-large' }] });
  });

  it('holds processing instructions anywhere: they say nothing', () => {
    const [last = ''] = FLOOD.match(/<\/alert>\s*$/) ?? [];
    const words = flood('<status>', '<?a b?><?c?><status>').replace(last, `<?d?>${last}<?e?>`);
    expect(judged(words.replace('>Actual<', '>Act<?f?>ual<'))).toMatchObject([
      { verdict: 'actuate', language: ['th-TH', 'en-US'] },
    ]);
  });

  it('mentions a document type in its words: that is none', () => {
    const words = flood('น้ำท่วมฉับพลัน<', '<![CDATA[<!DOCTYPE html>]]><');
    expect(judged(words)).toMatchObject([{ verdict: 'actuate' }]);
  });
});
