import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { AlertOrder, AllClearOrder } from '../../../firmware-protocol/content/order.ts';
import { newKeyPair, signed, signingKey } from '../../../firmware-protocol/content/signature.ts';
import { capOfAlert, capOfAllClear } from '../../../server/alerts/alert-out.ts';
import type { AlertSummary } from '../../../server/alerts/alert-records.ts';
import { capReply } from '../../../server/alerts/cap-reply.ts';
import { checkAlerts } from '../../../server/alerts/check-alerts.ts';
import { readXml } from '../../../server/drivers/alerts/libxml.ts';
import { bytesOf, SCHEMA } from '../../fixtures/cap/fixtures.ts';

const schema = XmlDocument.fromString(SCHEMA);
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** Throws with what the schema has against it. */
function validate(xml: string): void {
  const document = XmlDocument.fromString(xml);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
  }
}

const key = signingKey('k', newKeyPair().seed);
const SHA = 'a'.repeat(64);
const ORDER = AlertOrder.parse(
  signed(
    {
      format: 1,
      id: '01J00000000000000000000001',
      kind: 'alert',
      band: 90,
      to: ['43', '430201', '43010101', 'device/nongkhai-1', 'th'],
      by: 'somchai',
      issued_at: '2026-11-26T14:30:00.250+07:00',
      expires_at: '2026-11-26T16:30:00.250+07:00',
      outputs: ['tower', 'panel'],
      announcement: {
        title: 'น้ำท่วมฉับพลัน',
        language: 'th',
        agency: 'จังหวัดหนองคาย',
        tower: { chime: 'alert', parts: [{ type: 'media', sha256: SHA, bytes: 12_345, ms: 4_000 }] },
        panel: {
          pages: [{ title: 'เตือนภัย', text: 'น้ำขึ้นสูง < 2 ม. & ไหลแรง\nขึ้นที่สูง', hotline: 'สายด่วน 1784' }],
        },
      },
    },
    key,
  ),
);
const VOICE = {
  sender: 'urn:oid:2.49.0.0.764.99',
  nameOf: async (area: string) => ({ '43': 'จังหวัดหนองคาย', th: 'ประเทศไทย' })[area],
  villageOf: async () => '43010102',
  mediaUrl: (sha256: string) => `https://prakat.example/media/${sha256}`,
};
const CLEAR = AllClearOrder.parse(
  signed(
    {
      format: 1,
      id: '01J00000000000000000000002',
      kind: 'all-clear',
      clears: ORDER.id,
      to: ['43'],
      by: 'somchai',
      issued_at: '2026-11-26T15:00:00.000+07:00',
      expires_at: '2026-11-26T16:30:00.000+07:00',
    },
    key,
  ),
);

function judged(xml: string) {
  const checked = checkAlerts(bytesOf(xml), {
    readXml,
    villages: [{ code: '43020101' }, { code: '41010101' }],
  });
  return checked.map(({ read, judgement, villages }) => ({
    ...judgement,
    alert: read.alert,
    ...read.facts,
    villages,
  }));
}

describe('an alert of ours as CAP', () => {
  it('is valid, in Thai, and would sound where we are trusted', async () => {
    const xml = await capOfAlert(ORDER, VOICE);
    validate(xml);
    const [own] = judged(xml);
    expect(own).toMatchObject({ verdict: 'actuate', reasons: [], language: ['th-TH'], audio: 1 });
    expect(own?.alert).toMatchObject({
      identifier: 'prakat.01J00000000000000000000001',
      sender: VOICE.sender,
      sent: { text: '2026-11-26T14:30:00+07:00' },
      status: 'Actual',
      info: [
        {
          event: 'น้ำท่วมฉับพลัน',
          expires: { text: '2026-11-26T16:30:00+07:00' },
          senderName: 'จังหวัดหนองคาย',
          headline: 'เตือนภัย',
          description: 'น้ำขึ้นสูง < 2 ม. & ไหลแรง\nขึ้นที่สูง',
          parameter: [
            { valueName: 'layer:prakat:1.0:Broadcast_Text', value: 'น้ำขึ้นสูง < 2 ม. & ไหลแรง\nขึ้นที่สูง' },
            { valueName: 'layer:prakat:1.0:Broadcast_Audio_SHA256', value: SHA },
          ],
          resource: [{ mimeType: 'audio/ogg', size: 12_345, uri: `https://prakat.example/media/${SHA}` }],
        },
      ],
    });
    expect(
      own?.alert?.info[0]?.area.map(({ areaDesc, geocode }) => [
        areaDesc,
        ...geocode.map(({ value }) => value),
      ]),
    ).toEqual([
      ['จังหวัดหนองคาย', '43', 'TH-43'],
      ['430201', '430201'],
      ['43010101', '43010101'],
      ['43010102', '43010102'],
      ['ประเทศไทย', 'TH', 'TH'],
    ]);
  });

  it('ends as a Cancel that names it', async () => {
    const xml = capOfAllClear(CLEAR, ORDER, VOICE);
    validate(xml);
    expect(judged(xml)).toMatchObject([
      {
        verdict: 'cancel',
        alert: { references: `${VOICE.sender},prakat.${ORDER.id},2026-11-26T14:30:00+07:00` },
      },
    ]);
  });

  it('is valid whatever it says', async () => {
    const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(words, words, async (title, text) => {
        const announcement = { title, language: 'th', panel: { pages: [{ text, seconds: 10 }], times: 1 } };
        validate(await capOfAlert({ ...ORDER, announcement }, VOICE));
      }),
      { numRuns: 200 },
    );
  });

  it('is valid for xmllint, where it is installed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prakat-cap-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const files = [await capOfAlert(ORDER, VOICE), capOfAllClear(CLEAR, ORDER, VOICE)].map((xml, index) => {
      const path = join(folder, `${index}.cap`);
      writeFileSync(path, xml);
      return path;
    });
    const xsd = fileURLToPath(new URL('../../fixtures/cap/schema/CAP-v1.2.xsd', import.meta.url));
    const { error, status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', xsd, ...files]);
    if (error === undefined) expect(status, String(stderr)).toBe(0);
    else expect(error).toMatchObject({ code: 'ENOENT' });
  });
});

describe('what a sender is answered', () => {
  const RECORD: AlertSummary = {
    id: 'x',
    sender: 'urn:oid:2.49.0.0.764.0',
    identifier: 'flood-1',
    sentMs: 1,
    sent: '2026-11-26T14:30:00+07:00',
    hash: '',
    status: 'Actual',
    msgType: 'Alert',
    verdict: 'actuate',
    reasons: [],
    signature: 'none',
    trust: 'trusted',
    via: 'file',
    receivedAt: 0,
    title: '',
    references: [],
    to: [],
    matched: { polygon: 0, circle: 0, geocode: 0 },
    until: undefined,
    state: 'live',
    stateAt: 0,
    stateBy: 'prakat',
    why: undefined,
    orders: [],
  };
  const US = {
    sender: 'urn:oid:2.49.0.0.764.99',
    id: '01J00000000000000000000003',
    now: Date.parse('2026-11-26T14:30:05+07:00'),
  };

  it('an Ack, that refers to it', () => {
    const xml = capReply(RECORD, US) ?? '';
    validate(xml);
    expect(judged(xml)).toMatchObject([
      {
        verdict: 'record',
        alert: {
          msgType: 'Ack',
          note: 'live',
          references: 'urn:oid:2.49.0.0.764.0,flood-1,2026-11-26T14:30:00+07:00',
        },
      },
    ]);
  });

  it('an Error that says what and where, also to whom has no name', () => {
    const refused: AlertSummary = {
      ...RECORD,
      sender: '',
      sentMs: 0,
      verdict: 'refuse',
      state: 'refused',
      reasons: [{ code: 'element-missing', place: 'alert', line: 2, says: { name: 'sender' } }],
    };
    const xml = capReply(refused, US) ?? '';
    validate(xml);
    expect(judged(xml)).toMatchObject([
      {
        verdict: 'record',
        alert: { msgType: 'Error', note: 'element-missing (alert, line 2): sender is missing' },
      },
    ]);
  });

  it('nothing to an answer: two machines would thank each other for ever', () => {
    expect(capReply({ ...RECORD, msgType: 'Ack' }, US)).toBeUndefined();
    expect(capReply({ ...RECORD, msgType: 'Error', verdict: 'refuse' }, US)).toBeUndefined();
  });
});
