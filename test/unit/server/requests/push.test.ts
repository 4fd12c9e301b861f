import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, openGate, POSTER, SPEECH } from './gate.ts';

let gate: ReturnType<typeof openGate>;
beforeEach(() => {
  gate = openGate();
});
const push = (request: object) => gate.ask('somchai', 'push', { to: ['4301'], ...request });
const refused = (faults: object[]) => ({
  status: 'error',
  error: { faults: faults.map((fault) => expect.objectContaining(fault)) },
});

describe('the short form of a push', () => {
  it('of the README becomes a tone and a page', async () => {
    const answer = await push({ text: 'น้ำท่วม โปรดระวัง', chime: 'ding', transaction: 'a1' });
    expect(answer).toEqual({
      status: 'ok',
      transaction: 'a1',
      data: {
        order: gate.sent[0]?.id,
        to: ['4301'],
        devices: 1,
        reach: { tower: 0, panel: 0, neither: 0, untold: 1 },
        expires_at: '2026-11-13T18:15:00.000+07:00',
      },
    });
    expect(gate.sent[0]).toMatchObject({
      kind: 'announce',
      band: 60,
      by: 'somchai',
      outputs: ['tower', 'panel'],
      announcement: {
        title: 'น้ำท่วม โปรดระวัง',
        tower: { chime: 'ding', parts: [], times: 1 },
        panel: { pages: [{ text: 'น้ำท่วม โปรดระวัง' }] },
      },
    });
  });

  it('with words to say has them spoken, before the media', async () => {
    await push({ text: 'น้ำท่วม', say: 'ระวังน้ำท่วม', media: [SPEECH.sha256] });
    const part = expect.objectContaining({ type: 'media', sha256: SPEECH.sha256 });
    expect(gate.sent[0]).toMatchObject({ announcement: { tower: { parts: [part, part] } } });
    expect(await push({ say: 'ไม่มีเสียงคำนี้' })).toMatchObject({
      status: 'error',
      error: { code: 'speech-cannot', th: expect.stringContaining('ไม่มีเสียงคำนี้') },
    });
    expect(gate.sent).toHaveLength(1);
  });

  it('with media has it as the library knows it', async () => {
    await push({ media: [SPEECH.sha256], times: 2, kind: 'test', hotline: '1784' });
    expect(gate.sent[0]).toMatchObject({
      kind: 'test',
      band: 40,
      announcement: {
        title: SPEECH.title,
        tower: {
          chime: 'attention',
          times: 2,
          parts: [{ type: 'media', sha256: SPEECH.sha256, bytes: 12_345, ms: 4_200 }],
        },
        panel: { pages: [{ text: SPEECH.title, hotline: '1784' }] },
      },
    });
  });

  it('with a picture and a QR code has them on its page, the picture as the library knows it', async () => {
    await push({ text: 'ฉีดวัคซีน', picture: POSTER.sha256, qr: 'tel:1422' });
    const picture = { type: 'picture', sha256: POSTER.sha256, bytes: 18_250 };
    expect(gate.sent[0]).toMatchObject({
      announcement: { panel: { pages: [{ text: 'ฉีดวัคซีน', picture, qr: 'tel:1422' }] } },
    });
  });

  it.each([
    [
      'a picture without words',
      { media: [SPEECH.sha256], picture: POSTER.sha256 },
      'picture',
      'missing-text',
    ],
    ['a QR code without words', { media: [SPEECH.sha256], qr: 'tel:1422' }, 'qr', 'missing-text'],
    ['a picture that nobody uploaded', { text: 'ก', picture: 'd'.repeat(64) }, 'picture', 'unknown-media'],
    ['sound for a picture', { text: 'ก', picture: SPEECH.sha256 }, 'picture', 'unknown-media'],
    ['a picture for sound', { media: [POSTER.sha256] }, 'media[0]', 'unknown-media'],
  ])('with %s is refused at its place', async (_what, request, path, code) => {
    expect(await push(request)).toMatchObject(refused([{ path, code, th: expect.stringMatching(/[ก-๙]/) }]));
  });

  it('of an alert sounds as one', async () => {
    await push({ kind: 'alert', text: 'น้ำป่า' });
    expect(gate.sent[0]).toMatchObject({
      kind: 'alert',
      band: 90,
      announcement: { tower: { chime: 'alert' } },
    });
  });

  it('has a title of whole words', async () => {
    await push({ text: 'ขอเชิญพี่น้องประชาชนหมู่ที่ ๕ บ้านโนนสว่าง ร่วมประชุมประจำเดือนวันศุกร์ที่ ๑๓ พฤศจิกายน'.repeat(2) });
    const title =
      gate.sent[0] !== undefined && 'announcement' in gate.sent[0] ? gate.sent[0].announcement.title : '';
    expect(title.length).toBeLessThanOrEqual(61);
    expect(title).toMatch(/^ขอเชิญ.*[^\u0e31\u0e34-\u0e3a\u0e40-\u0e44]…$/);
  });

  it('names each target once', async () => {
    await push({ to: ['4301', '4301', 'device/nongkhai-1'], text: 'x' });
    expect(gate.sent[0]?.to).toEqual(['4301', 'device/nongkhai-1']);
  });
});

describe('the long form', () => {
  const announcement = {
    title: 'ประกาศ',
    tower: {
      parts: [
        { type: 'media', sha256: SPEECH.sha256, bytes: 1, ms: 1 },
        { type: 'pause', ms: 500 },
      ],
    },
  };

  it('goes as it is, but for what the library knows better', async () => {
    await push({ announcement, outputs: ['tower'], band: 40 });
    expect(gate.sent[0]).toMatchObject({
      band: 40,
      outputs: ['tower'],
      announcement: {
        tower: {
          parts: [
            { bytes: 12_345, ms: 4_200 },
            { type: 'pause', ms: 500 },
          ],
        },
      },
    });
  });

  it('is refused for media that is not in the library', async () => {
    const parts = [{ type: 'media', sha256: 'c'.repeat(64), bytes: 1, ms: 1 }];
    expect(await push({ announcement: { title: 'x', tower: { parts } } })).toMatchObject(
      refused([{ path: 'announcement.tower.parts[0].sha256', code: 'unknown-media' }]),
    );
  });
});

describe('a push is refused, with the place, and nothing is sent', () => {
  it.each([
    [
      'an area that does not exist',
      { to: ['4301', '4399'], text: 'x' },
      'to[1]',
      'unknown-area',
      'ไม่มีพื้นที่รหัส 4399',
    ],
    [
      'an area of another',
      { to: ['4301', '41'], text: 'x' },
      'to[1]',
      'outside-scope',
      'พื้นที่ 41 อยู่นอกเขตของบัญชีนี้',
    ],
    ['the nation', { to: ['th'], text: 'x' }, 'to[0]', 'outside-scope', 'พื้นที่ th อยู่นอกเขตของบัญชีนี้'],
    [
      'a device of another',
      { to: ['device/udon-1'], text: 'x' },
      'to[0]',
      'outside-scope',
      'พื้นที่ device/udon-1 อยู่นอกเขตของบัญชีนี้',
    ],
    [
      'a device that is none',
      { to: ['device/nowhere'], text: 'x' },
      'to[0]',
      'unknown-device',
      'ไม่มีหอชื่อ "nowhere"',
    ],
    [
      'unknown media',
      { media: [SPEECH.sha256, 'c'.repeat(64)] },
      'media[1]',
      'unknown-media',
      `ไม่มีไฟล์ ${'c'.repeat(64)}`,
    ],
    [
      'sound of hours',
      { media: ['b'.repeat(64)], times: 5 },
      'media',
      'too-long-sound',
      'รวมการพูดซ้ำแล้วเสียงยาว 251 นาที ยาวได้ไม่เกิน 60 นาที',
    ],
    [
      'yesterday',
      { text: 'x', start_at: '2026-11-12T18:00:00+07:00' },
      'start_at',
      'in-the-past',
      'เวลานี้ผ่านไปแล้ว',
    ],
    [
      'next week',
      { text: 'x', start_at: '2026-11-20T18:00:00+07:00' },
      'start_at',
      'too-far-ahead',
      'คำสั่งต้องเริ่มและหมดอายุภายใน 24 ชั่วโมง หากช้ากว่านั้นให้ใช้ผังรายการ (programme)',
    ],
    [
      '100,000 characters',
      { text: 'น'.repeat(100_000) },
      'text',
      'too-long',
      'ข้อความยาว 100,000 ตัวอักษร ยาวได้ไม่เกิน 2,000 ตัวอักษร',
    ],
    ['an unknown key', { txt: 'x', text: 'x' }, 'txt', 'unknown-key', 'ไม่รู้จัก "txt" หมายถึง "text" ใช่หรือไม่'],
    [
      'a band above its kind',
      { text: 'x', kind: 'test', band: 60 },
      'band',
      'wrong-band',
      'คำสั่งชนิดนี้ใช้ระดับความสำคัญ (band) นี้ไม่ได้',
    ],
  ])('%s', async (_what, request, path, code, th) => {
    expect(await push(request)).toMatchObject(refused([{ path, code, th }]));
    expect(gate.sent).toEqual([]);
    expect(gate.logged).toEqual([]);
  });

  it('a text of megabytes is more than a message may hold', async () => {
    expect(await push({ text: 'น'.repeat(500_000) })).toMatchObject({
      status: 'error',
      error: { code: 'request-too-large', th: expect.stringContaining('ไบต์') },
    });
  });

  it('nobody there', async () => {
    expect(await push({ to: ['4302'], text: 'x' })).toMatchObject({
      error: { code: 'nobody-there', th: expect.stringContaining('4302') },
    });
  });

  it('a start within the day is taken, and expires after it', async () => {
    expect(await push({ text: 'x', start_at: '2026-11-13T20:00:00+07:00', expires_in_s: 60 })).toMatchObject({
      data: { expires_at: '2026-11-13T20:01:00.000+07:00' },
    });
    expect(NOW).toBeLessThan(Date.parse('2026-11-13T20:00:00+07:00'));
  });
});
