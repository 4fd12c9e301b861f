import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  ANNOUNCEMENT_LIMITS,
  Announcement,
  CHIME_MS,
} from '../../../firmware-protocol/content/announcement.ts';
import { BANDS } from '../../../firmware-protocol/content/band.ts';
import { KEY_USES } from '../../../firmware-protocol/content/key-set.ts';
import { BANDS_OF_KIND, ORDER_LIMITS, Order } from '../../../firmware-protocol/content/order.ts';
import { PROGRAMME_LIMITS, ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';
import { RULE_LIMITS, RULE_PARTS } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { RELEASE_LIMITS, Release } from '../../../firmware-protocol/content/release.ts';
import {
  CLOCK_TRUSTS,
  OUTCOMES,
  REFUSALS,
  REPORT_BATCH_LIMIT,
  Report,
  ReportEvent,
} from '../../../firmware-protocol/content/report.ts';
import { readMarkdown } from './markdown.ts';

const spec = readMarkdown('content/SPEC.md');
const schemas: Record<string, z.ZodType> = { Announcement, Order, ProgrammeEntry, Release, Report };
const names = (heading: string) => spec.table(heading).map(([name]) => name);

describe('content/SPEC.md says what the code says', () => {
  it.each([
    ['use', [...KEY_USES]],
    ['part', RULE_PARTS],
    ['event', ReportEvent.options.map((option) => option.shape.type.value)],
    ['outcome', [...OUTCOMES]],
    ['refusal', [...REFUSALS]],
    ['trust', [...CLOCK_TRUSTS]],
    ['verdict', ['plays', 'waits', 'cut', 'loses']],
  ])('each %s, in order', (heading, expected) => {
    expect(names(heading)).toEqual(expected);
  });

  it('the ladder', () => {
    expect(spec.table('band').map(([name, number]) => [name, Number(number)])).toEqual(Object.entries(BANDS));
  });

  it('the chimes', () => {
    expect(spec.table('chime').map(([name, ms]) => [name, Number(ms)])).toEqual(Object.entries(CHIME_MS));
  });

  it('the kinds of orders and their bands', () => {
    const kinds = Order.options.map((option) => option.shape.kind.value);
    const bands: Record<string, readonly number[]> = BANDS_OF_KIND;
    expect(spec.table('kind').map(([kind, allowed]) => [kind, allowed])).toEqual(
      kinds.map((kind) => [kind, bands[kind]?.join(', ') ?? '-']),
    );
  });

  it('the limits', () => {
    const limits = {
      announcement: ANNOUNCEMENT_LIMITS,
      order: ORDER_LIMITS,
      programme: PROGRAMME_LIMITS,
      rule: RULE_LIMITS,
      reportBatch: { reports: REPORT_BATCH_LIMIT },
      release: RELEASE_LIMITS,
    };
    const expected = Object.entries(limits).flatMap(([group, each]) =>
      Object.entries(each).map(([name, value]) => [`${group}.${name}`, value]),
    );
    expect(spec.table('limit').map(([name, value]) => [name, Number(value)])).toEqual(expected);
  });

  it.each(spec.examples)('its example of $schema is one', ({ schema, json }) => {
    expect(schemas[schema]?.safeParse(JSON.parse(json))).toMatchObject({ success: true });
  });
});
