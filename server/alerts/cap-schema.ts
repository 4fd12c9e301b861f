import { z } from 'zod';
import { circleOf, isNoGeometry, polygonOf } from './cap-geometry.ts';
import { capTime } from './cap-time.ts';
import type { ReasonCode } from './reasons.ts';

/**
 * CAP 1.2 as the OASIS schema has it. The order of the members is the order of the elements; an array may stand more than
 * once. test/contract/documents/cap-schema.test.ts holds it against the schema itself.
 */

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

const STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
const MESSAGE_TYPES = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const;
const SCOPES = ['Public', 'Restricted', 'Private'] as const;
export const CATEGORIES = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const;
export const RESPONSE_TYPES = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const;
export const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;

/** A value that a rule of CAP turns away, under one of our codes. */
const held = (isRight: (text: string) => boolean, code: ReasonCode) =>
  z.string().refine(isRight, { params: { code } });

/** CAP 3.2.1: no blanks, commas, < or &. */
const Name = held((text) => /^[^\s,<&]+$/.test(text), 'name');
const Time = z.string().transform((text, check) => {
  const time = capTime(text);
  if (time !== undefined) return time;
  check.addIssue({ code: 'custom', params: { code: 'time' satisfies ReasonCode } });
  return z.NEVER;
});
/** What stands for nothing is the default of the schema, en-US; blanks alone are no language. XML has four blanks, JavaScript more. */
const isLanguage = (text: string) =>
  text === '' || /^[ \t\r\n]*[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*[ \t\r\n]*$/.test(text);
const Language = held(isLanguage, 'value-form')
  .transform((text) => text.trim() || 'en-US')
  .optional();
const Decimal = held(
  (text) => /^[ \t\r\n]*[-+]?(?:\d+\.?\d*|\.\d+)[ \t\r\n]*$/.test(text),
  'value-form',
).transform(Number);
const Whole = held((text) => /^[ \t\r\n]*[-+]?\d+[ \t\r\n]*$/.test(text), 'value-form').transform(Number);

/** Geometry that is empty is absent; what is none says why. */
const geometry = <T extends object>(
  read: (text: string) => T | { why: string } | undefined,
  code: ReasonCode,
) =>
  z.string().transform((text, check): T | undefined => {
    const shape = read(text);
    if (!isNoGeometry(shape)) return shape as T | undefined;
    check.addIssue({ code: 'custom', params: { code, why: shape.why } });
    return z.NEVER;
  });

export const Pair = z.object({ valueName: z.string(), value: z.string() });

export const CapArea = z.object({
  areaDesc: z.string(),
  polygon: z.array(geometry(polygonOf, 'polygon')).default([]),
  circle: z.array(geometry(circleOf, 'circle')).default([]),
  geocode: z.array(Pair).default([]),
  altitude: Decimal.optional(),
  ceiling: Decimal.optional(),
});
export type CapArea = z.output<typeof CapArea>;

/** Base64 as RFC 2045 writes it, over many lines; without its padding too. */
const isBase64 = (text: string) => {
  const plain = text.replace(/\s+/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(plain) && plain.replace(/=+$/, '').length % 4 !== 1;
};

export const CapResource = z.object({
  resourceDesc: z.string(),
  mimeType: z.string(),
  size: Whole.optional(),
  uri: z.string().optional(),
  derefUri: held(isBase64, 'deref-uri').optional(),
  digest: z.string().optional(),
});
export type CapResource = z.output<typeof CapResource>;

export const CapInfo = z.object({
  language: Language.default('en-US'),
  category: z.array(z.enum(CATEGORIES)).min(1),
  event: z.string(),
  responseType: z.array(z.enum(RESPONSE_TYPES)).default([]),
  urgency: z.enum(URGENCIES),
  severity: z.enum(SEVERITIES),
  certainty: z.enum(CERTAINTIES),
  audience: z.string().optional(),
  eventCode: z.array(Pair).default([]),
  effective: Time.optional(),
  onset: Time.optional(),
  expires: Time.optional(),
  senderName: z.string().optional(),
  headline: z.string().optional(),
  description: z.string().optional(),
  instruction: z.string().optional(),
  web: z.string().optional(),
  contact: z.string().optional(),
  parameter: z.array(Pair).default([]),
  resource: z.array(CapResource).default([]),
  area: z.array(CapArea).default([]),
});
export type CapInfo = z.output<typeof CapInfo>;

export const CapAlert = z.object({
  identifier: Name,
  sender: Name,
  sent: Time,
  status: z.enum(STATUSES),
  msgType: z.enum(MESSAGE_TYPES),
  source: z.string().optional(),
  scope: z.enum(SCOPES),
  restriction: z.string().optional(),
  addresses: z.string().optional(),
  code: z.array(z.string()).default([]),
  note: z.string().optional(),
  references: z.string().optional(),
  incidents: z.string().optional(),
  info: z.array(CapInfo).default([]),
});
export type CapAlert = z.output<typeof CapAlert>;
