import type { CapAlert, CapArea, CapInfo } from './cap-schema.ts';
import type { Reason } from './reasons.ts';
import { isSameMessage, referencesOf } from './references.ts';

/** What CAP asks beyond its schema: a list of what is broken, empty for a good alert. */
export function brokenRules(alert: CapAlert): Reason[] {
  return [...referenceRules(alert), ...scopeRules(alert), ...infoRules(alert.info)];
}

function referenceRules(alert: CapAlert): Reason[] {
  const { named, wrong } = referencesOf(alert.references ?? '');
  const place = 'alert.references';
  const broken: Reason[] = wrong.map((word) => ({
    code: 'references',
    place,
    says: { value: word.slice(0, 120) },
  }));
  const { msgType } = alert;
  const needsThem = msgType === 'Update' || msgType === 'Cancel';
  if (needsThem && named.length + wrong.length === 0)
    broken.push({ code: 'references-missing', place, says: { type: msgType } });
  if (named.some((each) => isSameMessage(each, alert))) broken.push({ code: 'reference-to-itself', place });
  if (named.some(({ sent }) => sent.ms > alert.sent.ms)) broken.push({ code: 'reference-later', place });
  return broken;
}

function scopeRules({ scope, restriction, addresses }: CapAlert): Reason[] {
  if (scope === 'Restricted' && isBlank(restriction))
    return [{ code: 'restriction-missing', place: 'alert.restriction' }];
  if (scope === 'Private' && isBlank(addresses))
    return [{ code: 'addresses-missing', place: 'alert.addresses' }];
  return [];
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function infoRules(infos: CapInfo[]): Reason[] {
  const broken: Reason[] = [];
  const [first, ...others] = infos;
  if (first === undefined) return [];
  for (const [index, info] of others.entries()) {
    const place = `alert.info[${index + 1}]`;
    if (categoriesOf(info) !== categoriesOf(first))
      broken.push({ code: 'categories-differ', place: `${place}.category` });
    if (eventCodesOf(info) !== eventCodesOf(first))
      broken.push({ code: 'event-codes-differ', place: `${place}.eventCode` });
  }
  for (const [index, info] of infos.entries())
    for (const [at, area] of info.area.entries())
      if (hasWrongHeight(area))
        broken.push({ code: 'altitude', place: `alert.info[${index}].area[${at}].ceiling` });
  return broken;
}

function categoriesOf({ category }: CapInfo): string {
  return [...new Set(category)].sort().join();
}

function eventCodesOf({ eventCode }: CapInfo): string {
  const pairs = eventCode.map(({ valueName, value }) => JSON.stringify([valueName.trim(), value.trim()]));
  return [...new Set(pairs)].sort().join();
}

function hasWrongHeight({ altitude, ceiling }: CapArea): boolean {
  return ceiling !== undefined && (altitude === undefined || altitude > ceiling);
}
