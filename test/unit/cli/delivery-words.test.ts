import { describe, expect, test } from 'vitest';
import { type Delivery, deliveryWords } from '../../../scripts/operator/delivery-words.ts';

const ended = (outcomes: Delivery['outcomes']): Delivery => ({
  ...{ device: 'ban-sao-lao', village: '43010101', state: 'ended', fate: 'finished', sends: 1 },
  outcomes,
});

describe('what is known of a play is said with its outcome', () => {
  test.each([
    ['heard', 'ended, tower finished (heard by its microphone)'],
    ['powered', 'ended, tower finished (the amplifier was on)'],
    ['sent', 'ended, tower finished (not known whether it was heard)'],
    ['not-heard', 'ended, tower finished (NOBODY HEARD IT)'],
  ] as const)('%s', (proof, words) => {
    const delivery = ended({ tower: { outcome: 'finished', proof } });
    expect(deliveryWords(delivery, 'en')).toBe(words);
  });

  test('in Thai', () => {
    const delivery = ended({ tower: { outcome: 'finished', proof: 'not-heard' } });
    expect(deliveryWords(delivery, 'th')).toBe('จบแล้ว, เสียง จบครบ (ไม่มีใครได้ยิน)');
  });

  test('not of what was never said', () => {
    const delivery = ended({ tower: { outcome: 'rejected', reason: 'amplifier-rest', proof: 'not-heard' } });
    expect(deliveryWords(delivery, 'en')).toBe('ended, tower could not (the amplifier has to rest)');
  });
});
