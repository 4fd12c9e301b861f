import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalJson } from '../../../firmware-protocol/content/canonical-json.ts';
import { Order } from '../../../firmware-protocol/content/order.ts';
import { Programme } from '../../../firmware-protocol/content/programme.ts';
import { ReportBatch } from '../../../firmware-protocol/content/report.ts';
import {
  PublicKey,
  publicKeyOf,
  Signature,
  signatureOf,
  signedBytes,
  signingKey,
  verifies,
} from '../../../firmware-protocol/content/signature.ts';
import { TimeAnswer } from '../../../firmware-protocol/mqtt/messages.ts';
import { Receipt } from '../../../firmware-protocol/mqtt/receipt.ts';
import { readVectors } from './read-vectors.ts';

const schemas: Record<string, z.ZodType> = { Order, Programme, Receipt, TimeAnswer, ReportBatch };

const { cases } = readVectors(
  'signing.json',
  z.object({
    cases: z.array(
      z.object({
        name: z.string(),
        schema: z.string(),
        public: PublicKey,
        canonical: z.string().optional(),
        document: z.looseObject({ signature: Signature }),
        verifies: z.boolean(),
      }),
    ),
  }),
);

const Rfc8032Case = z.object({
  name: z.string(),
  seed: z.string(),
  public: z.string(),
  message: z.string(),
  signature: z.string(),
});
const ed25519 = readVectors('ed25519.json', z.object({ cases: z.array(Rfc8032Case) }));

const canonical = readVectors(
  'canonical-json.json',
  z.object({
    cases: z.array(z.object({ source: z.string(), json: z.string(), canonical: z.string() })),
    refused: z.array(z.string()),
  }),
);

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

describe('canonical JSON', () => {
  it.each(canonical.cases)('$source', ({ json, canonical: expected }) => {
    expect(canonicalJson(JSON.parse(json))).toBe(expected);
  });

  it.each(canonical.refused)('%s has none', (json) => {
    expect(() => canonicalJson(JSON.parse(json))).toThrow();
  });
});

describe('Ed25519 as in RFC 8032', () => {
  it.each(ed25519.cases)('$name', ({ seed, public: publicHex, message, signature }) => {
    const key = signingKey('a', base64url(seed));
    expect(publicKeyOf(key)).toBe(base64url(publicHex));
    expect(sign(null, Buffer.from(message, 'hex'), key.privateKey).toString('hex')).toBe(signature);
  });
});

describe('signed documents', () => {
  it.each(cases)(
    '$name: verifies = $verifies',
    ({ schema, document, public: publicKey, verifies: expected }) => {
      expect(schemas[schema]?.safeParse(document)).toMatchObject({ success: true });
      expect(verifies(document, document.signature, publicKey)).toBe(expected);
    },
  );

  const good = cases.filter((each) => each.verifies);
  it.each(good)('$name is signed over these bytes', ({ document, canonical: text }) => {
    expect(signedBytes(document).toString('utf8')).toBe(text);
  });

  it('the same seed gives the same signature', () => {
    const order = cases.find((each) => each.name === 'an order');
    const key = signingKey('province-43', base64url(ed25519.cases[2]?.seed ?? ''));
    expect(signatureOf(order?.document ?? {}, key)).toEqual(order?.document.signature);
  });
});
