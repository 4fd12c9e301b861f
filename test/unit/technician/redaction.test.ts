import { describe, expect, it } from 'vitest';
import { Redaction, TAKEN_OUT } from '../../../scripts/technician/diagnose/result/redaction.ts';

const PASSWORD = 'p+ä/s"s w0rd%';
const redaction = new Redaction([PASSWORD, undefined, 'ab']);

describe('secrets that are known', () => {
  it.each([
    ['as they are', PASSWORD],
    ['in an address', encodeURIComponent(PASSWORD)],
    ['in JSON', JSON.stringify({ x: PASSWORD })],
    ['in base64', Buffer.from(PASSWORD).toString('base64')],
    ['in base64 for addresses', Buffer.from(PASSWORD).toString('base64url')],
    ['in hexadecimal', Buffer.from(PASSWORD).toString('hex')],
  ])('%s', (_how, written) => {
    expect(redaction.text(`ก่อน ${written} หลัง`)).toContain(TAKEN_OUT);
    expect(redaction.text(`ก่อน ${written} หลัง`)).not.toContain(written);
  });

  it('two letters are no secret: they would take out half of every text', () => {
    expect(redaction.text('cab')).toBe('cab');
  });
});

describe('what looks like a secret', () => {
  it.each([
    ['mqtt://hall-1:hush@broker.go.th:1883/x', 'hush'],
    ['https://token-of-me@host/', 'token-of-me'],
    ['Authorization: Basic aGFsbC0xOmh1c2g=', 'aGFsbC0xOmh1c2g='],
    ['{"password":"hush-hush"}', 'hush-hush'],
    ['{"error":"{\\"wifi_psk\\":\\"hush-hush\\"}"}', 'hush-hush'],
    ['psk=hush-hush', 'hush-hush'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----', 'MIIabc'],
    ['code 7Z3KQ-1M9XC-AAAAA-BBBBB used', '7Z3KQ-1M9XC-AAAAA-BBBBB'],
  ])('%s', (text, secret) => {
    expect(redaction.text(text)).not.toContain(secret);
  });

  it('addresses, times and hashes stay', () => {
    const text =
      'mqtts://broker.udon.go.th:8883 2026-11-26T22:15:00.000+07:00 crc 038bbf31, keys 4, code: ENOTFOUND';
    expect(redaction.text(text)).toBe(text);
  });
});

it('members with a secret name are taken out of documents, at any depth', () => {
  const clean = redaction.json({
    place: 'บ้านเสาเล้า',
    code: 'x',
    a: [{ wifi: { passphrase: 'y', ssid: 'z' } }],
  });
  expect(JSON.parse(clean)).toEqual({
    place: 'บ้านเสาเล้า',
    code: TAKEN_OUT,
    a: [{ wifi: { passphrase: TAKEN_OUT, ssid: 'z' } }],
  });
});
