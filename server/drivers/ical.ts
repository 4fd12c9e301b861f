import ICAL from 'ical.js';
import type { ReadIcalLine } from '../programme/ical/components.ts';

/** ical.js reads a rule into an object, drops what it does not know and refuses small letters; the contract's own reader names each fault. */
const AS_THEY_STAND = /^(?:RRULE|EXRULE)(?=[;:])/i;

/** ical.js for the grammar of one line: parameters, quotes, escapes, types of values. Lines and components are ours, for faults have a place. */
export const readIcalLine: ReadIcalLine = (text) => {
  const [name] = /^[A-Za-z0-9-]+(?=[;:])/.exec(text) ?? [];
  if (name === undefined) return undefined;
  let read: unknown;
  try {
    read = ICAL.parse.property(AS_THEY_STAND.test(text) ? `X-${text}` : text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(read)) return undefined;
  const [, params, type, ...values]: unknown[] = read;
  return {
    name: name.toUpperCase(),
    params: Object.fromEntries(Object.entries(params ?? {}).map(([key, value]) => [key, String(value)])),
    type: String(type),
    values: values.map(String),
  };
};
