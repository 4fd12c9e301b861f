import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { TOPICS } from '../../firmware-protocol/mqtt/catalogue.ts';
import { asyncApiText } from '../../scripts/build/asyncapi.ts';

const FILE = join(import.meta.dirname, '../../docs/asyncapi.json');
const require = createRequire(import.meta.url);
const text = asyncApiText();
const document = JSON.parse(text);

describe('docs/asyncapi.json', () => {
  it('is what the catalogue says now (write it anew with `npx vitest run test/contract/asyncapi.test.ts -u`)', async () => {
    await expect(text).toMatchFileSnapshot(FILE);
  });

  it('is a valid AsyncAPI 3.0 document', () => {
    const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
      require('@asyncapi/specs/schemas/3.0.0-without-$id.json'),
    );
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('leads every reference to something', () => {
    const references = [...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(references.length).toBeGreaterThan(50);
    for (const path of references) expect(path.split('/').reduce(memberOf, document), path).toBeDefined();
  });

  it('has a channel and an operation for each topic, with its quality of service', () => {
    const { channels, operations } = document;
    for (const [name, row] of Object.entries(TOPICS)) {
      expect(channels[name].address).toBe(`prakat/v1/${row.pattern}`);
      expect(operations[name].bindings.mqtt).toMatchObject({ qos: row.qos, retain: row.retained });
    }
    expect(Object.keys(channels)).toEqual(Object.keys(TOPICS));
  });
});

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
