import { describe, expect, it } from 'vitest';
import { PageTokens } from '../../../device/local/page-token.ts';

const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 26, 8);
const tokens = new PageTokens('s'.repeat(43));

describe('the key in the link of the local page', () => {
  it('is good until its day is over, also after a restart', () => {
    const { token, expires } = tokens.make(NOW, 30);
    const again = new PageTokens('s'.repeat(43));
    expect(again.isGood(token, NOW)).toBe(true);
    expect(again.isGood(token, expires - 1)).toBe(true);
    expect(again.isGood(token, expires)).toBe(false);
    expect(expires - NOW).toBeGreaterThanOrEqual(30 * DAY_MS);
  });

  it('is not to be lengthened, guessed, or used at another hall', () => {
    const { token } = tokens.make(NOW, 1);
    const [day = '', mac = ''] = token.split(/-(.*)/s);
    for (const other of [
      `${Number(day) + 365}-${mac}`,
      `${day}-${'A'.repeat(22)}`,
      token.slice(0, -1),
      '',
      'x',
    ])
      expect(tokens.isGood(other, NOW)).toBe(false);
    expect(new PageTokens('t'.repeat(43)).isGood(token, NOW)).toBe(false);
  });

  it('does not tell the seed', () => {
    expect(tokens.make(NOW, 1).token).not.toContain('sss');
  });
});
