import type { z } from 'zod';
import { ServerError } from '../errors.ts';
import { strayKeys } from './stray-keys.ts';
import { faultsOf, MAX_FAULTS } from './zod-faults.ts';

/** What a person wrote -> what the schema makes of it. Throws ServerError `request-invalid` with every fault, in both languages. */
export function readDocument<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  const wrong = read.success ? [] : faultsOf(read.error, value);
  const faults = [...firstOf(strayKeys(schema, value)), ...wrong].slice(0, MAX_FAULTS);
  if (read.success && faults.length === 0) return read.data;
  throw new ServerError('request-invalid', { faults });
}

/** The same for messages of programs, which may be newer than this one: what is not known is not looked at. */
export function readLeniently<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new ServerError('request-invalid', { faults: faultsOf(read.error, value) });
}

function firstOf<T>(found: Generator<T>): T[] {
  const first: T[] = [];
  for (const each of found) if (first.push(each) >= MAX_FAULTS) break;
  return first;
}
