import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { modeOf } from '../../../server/alerts/alert-policy.ts';
import { CapInfo } from '../../../server/alerts/cap-schema.ts';
import { configFrom } from '../../../server/config.ts';

const text = readFileSync(new URL('../../../docs/cap.md', import.meta.url), 'utf8');
const [, json = ''] = /```json\n(\{[\s\S]*?\n\})\n```/.exec(text) ?? [];

it('the configuration in docs/cap.md is one, and its rules decide as it says', () => {
  const { alerts } = configFrom(JSON.parse(json), '/srv/prakat');
  expect(alerts.folder).toBe('/srv/prakat/alerts');
  const info = CapInfo.parse({
    category: ['Met'],
    event: 'น้ำท่วม',
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Likely',
  });
  const modeFor = (changes: object) => modeOf(alerts, { sender: 'x', info: [{ ...info, ...changes }] });
  expect(modeFor({})).toBe('automatic');
  expect(modeFor({ event: ' ฝนฟ้าคะนอง ' })).toBe('record');
  expect(modeFor({ severity: 'Minor' })).toBe('approval');
});

it.each([
  ['a sender whom nothing proves', { senders: [{ sender: 'x', areas: ['43'] }] }],
  ['a mode of nobody', { rules: [{ mode: 'always' }] }],
  ['a feed that is a file', { feeds: [{ url: 'file:///etc/passwd' }] }],
  ['a word too much', { rule: [] }],
])('%s is refused at the start', (_what, alerts) => {
  expect(() => configFrom({ alerts }, '/srv/prakat')).toThrow(/config-invalid/);
});
