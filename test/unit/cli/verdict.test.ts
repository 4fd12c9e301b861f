import { expect, it } from 'vitest';
import type { Cli } from '../../../scripts/cli.ts';
import {
  type Delivery,
  deliveryWords,
  isSettled,
  type Progress,
} from '../../../scripts/operator/delivery-words.ts';
import { conclude } from '../../../scripts/operator/follow.ts';

const ORDER = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const at = (device: string, more: Partial<Delivery>): Delivery => ({
  device,
  village: '43010101',
  state: 'ended',
  fate: 'finished',
  outcomes: {},
  sends: 1,
  ...more,
});
const played = at('played', {
  outcomes: { tower: { outcome: 'finished' }, panel: { outcome: 'rejected', reason: 'no-panel' } },
});
const cut = at('cut', { fate: 'failed', outcomes: { tower: { outcome: 'interrupted', reason: 'stopped' } } });
const refused = at('refused', { state: 'refused', fate: 'refused', refusal: 'outside-area' });
const expired = at('expired', { state: 'expired', fate: 'expired' });
const stopTaken = at('stop-taken', {});
const waiting = at('away', { state: 'waiting', fate: 'waiting' });

function ending(...deliveries: Delivery[]) {
  const said: string[] = [];
  const printed: unknown[] = [];
  const cli: Cli = {
    json: true,
    lang: 'en',
    print: (document) => printed.push(document),
    say: (text) => said.push(text),
    tell: ({ en }) => said.push(en),
    text: ({ en }) => en,
    pass: () => {},
    progress: () => {},
  };
  const fates: Progress['fates'] = {};
  for (const { fate } of deliveries) fates[fate] = (fates[fate] ?? 0) + 1;
  const open = deliveries.filter((delivery) => !isSettled(delivery)).length;
  const expires_at = '2026-11-13T18:00:00.000+07:00';
  const progress: Progress = { order: ORDER, title: 'ก', expires_at, fates, open, deliveries };
  return { progress, said, printed, conclude: () => conclude(progress, cli) };
}

it.each([[[played]], [[stopTaken]]])('an order that every hall did is done', (deliveries) => {
  const { conclude, said, printed, progress } = ending(...deliveries);
  conclude();
  expect([said, printed]).toEqual([[], [progress]]);
});

it('an order that some halls did is done, and says which did not', () => {
  const { conclude, said } = ending(played, refused, expired);
  conclude();
  expect(said).toEqual([
    'done by 1 of 3 halls; not by refused (refused, outside the area of the key); expired (expired)',
  ]);
});

it('an order that no hall did has failed, and the document tells all', () => {
  const { conclude, progress } = ending(cut, refused, expired);
  expect(conclude).toThrow(
    expect.objectContaining({
      code: 'nobody-did',
      document: progress,
      message: expect.stringMatching(/cut .*refused .*expired/),
    }),
  );
});

it('an order that is not over is not done yet, and can be taken up again', () => {
  const { conclude } = ending(played, waiting);
  expect(conclude).toThrow(
    expect.objectContaining({
      code: 'interrupted',
      message: expect.stringContaining(`prakat watch ${ORDER}`),
    }),
  );
});

it('a hall is described in both languages; a reason without words is shown as its code', () => {
  expect(deliveryWords(played, 'en')).toBe('ended, tower finished, sign could not (this hall has no sign)');
  expect(deliveryWords(played, 'th')).toBe('จบแล้ว, เสียง จบครบ, ป้าย ทำไม่ได้ (หอนี้ไม่มีป้าย)');
  const odd = at('odd', { outcomes: { tower: { outcome: 'rejected', reason: 'something-new' } } });
  expect(deliveryWords(odd, 'th')).toContain('(something-new)');
  const plain: Delivery = {
    ...played,
    outcomes: { panel: { outcome: 'finished', left_out: ['picture', 'qr'] } },
  };
  expect(deliveryWords(plain, 'en')).toBe('ended, sign finished (without its picture, without its QR code)');
  expect(deliveryWords(plain, 'th')).toBe('จบแล้ว, ป้าย จบครบ (ไม่มีภาพ, ไม่มีคิวอาร์โค้ด)');
});
