import { describe, expect, it } from 'vitest';
import { checkAlerts } from '../../../server/alerts/check-alerts.ts';
import { fingerprintOf } from '../../../server/alerts/signature.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { bytesOf, CANCEL, changed, FLOOD, inner } from '../../fixtures/cap/fixtures.ts';
import { keyInfoOf, rsaKey, signAlert, type Way } from './signed-alert.ts';

const key = rsaKey();
const other = rsaKey();
const WAYS: [string, Way][] = [
  ['rsa-sha1 with c14n', { hash: 'sha1', exclusive: false, transform: false }],
  ['rsa-sha256 with exc-c14n', { hash: 'sha256', exclusive: true, transform: true }],
  ['rsa-sha256 with c14n named', { hash: 'sha256', exclusive: false, transform: true }],
];
const [, MODERN] = WAYS[1] as [string, Way];

function checked(text: string) {
  return checkAlerts(bytesOf(text), { readXml, villages: [] }).map(({ read, judgement }) => ({
    ...read.signatures,
    verdict: judgement.verdict,
  }));
}

describe.each(WAYS)('%s', (_name, way) => {
  const signed = signAlert(FLOOD, key, way);

  it('is good, and names the key', () => {
    expect(checked(signed)).toEqual([
      { state: 'good', keys: [fingerprintOf(key.publicKey)], verdict: 'actuate' },
    ]);
  });

  it('is good also with a prefix, in a feed, and written with other line ends', () => {
    expect(checked(signAlert(CANCEL, key, way))).toMatchObject([{ state: 'good', verdict: 'cancel' }]);
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1"><entry><content>${inner(signed)}</content></entry></feed>`;
    expect(checked(feed)).toMatchObject([{ state: 'good' }]);
    expect(checked(signed.replaceAll('\n', '\r\n'))).toMatchObject([{ state: 'good' }]);
  });

  it.each([
    ['a word', 'ท่าบ่อ', 'โพนพิสัย'],
    ['a blank', '<status>', '<status> '],
    ['the area', '17.88,102.74 12', '17.88,102.74 1200'],
    ['the digest', /<DigestValue>./, '<DigestValue>A'],
    ['the value', /<SignatureValue>...../, '<SignatureValue>AAAAA'],
    ['the key', keyInfoOf(key.publicKey), keyInfoOf(other.publicKey)],
  ])('is bad when %s was changed', (_what, from, to) => {
    const [alert] = checked(changed(signed, from, to));
    expect(alert?.state).toBe('bad');
    expect(alert?.keys).toEqual([]);
  });
});

describe('two signatures', () => {
  const first = signAlert(FLOOD, key, MODERN);

  it('are good when both are: the second over the first, or both over the alert', () => {
    const keys = [fingerprintOf(key.publicKey), fingerprintOf(other.publicKey)];
    expect(checked(signAlert(first, other, MODERN))).toMatchObject([{ state: 'good', keys }]);
    const own = /<Signature [\s\S]*<\/Signature>/.exec(signAlert(FLOOD, other, MODERN))?.[0] ?? '';
    expect(checked(first.replace('</alert>', `${own}</alert>`))).toMatchObject([{ state: 'good', keys }]);
  });

  it('are bad when one is', () => {
    const both = signAlert(first, other, MODERN);
    const last = both.lastIndexOf('<SignatureValue>') + '<SignatureValue>'.length;
    expect(checked(`${both.slice(0, last)}AAAAAA${both.slice(last + 6)}`)).toMatchObject([{ state: 'bad' }]);
  });
});

describe('what cannot be verified', () => {
  const signed = signAlert(FLOOD, key, MODERN);

  it.each([
    ['without a key', /<KeyInfo>.*<\/KeyInfo>/, ''],
    ['with a key that is none', /<Modulus>.*<\/Modulus>/, '<Modulus>กุญแจ</Modulus>'],
    ['by a method of nobody', '#rsa-sha256', '#rsa-md5'],
    ['over another part', 'URI=""', 'URI="#info"'],
    ['over a file elsewhere', 'URI=""', 'URI="http://192.0.2.1/"'],
    [
      'through a stylesheet',
      'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms>',
      'Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></Transforms>',
    ],
    ['over two parts', '</SignedInfo>', '<Reference URI=""/></SignedInfo>'],
    ['empty', /<SignedInfo>.*<\/SignedInfo>/, ''],
  ])('%s', (_what, from, to) => {
    const [alert] = checked(changed(signed, from, to));
    expect(alert?.state).toBe('unverifiable');
  });

  it('a signature elsewhere than at the end of the alert is none of it', () => {
    const [, signature = ''] = /(<Signature [\s\S]*<\/Signature>)/.exec(signed) ?? [];
    const moved = signed.replace(signature, '').replace('</info>', `${signature}</info>`);
    expect(checked(moved)).toMatchObject([{ state: 'none', verdict: 'refuse' }]);
  });

  it('ten signatures', () => {
    const [, signature = ''] = /(<Signature [\s\S]*<\/Signature>)/.exec(signed) ?? [];
    expect(checked(signed.replace('</alert>', `${signature.repeat(9)}</alert>`))).toMatchObject([
      { state: 'unverifiable' },
    ]);
  });
});
