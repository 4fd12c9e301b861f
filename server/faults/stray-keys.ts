import type { z } from 'zod';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { pathText } from './fault-path.ts';
import { nearest } from './nearest.ts';

/**
 * Keys that no schema asks for, at any depth, one after the other: a document may hold 100,000 of them, and looking for
 * what each was meant to be takes time. A person's typing error must not be dropped in silence, not even where a
 * document between machines would rightly ignore what it does not know.
 */
export function* strayKeys(
  schema: z.core.$ZodType,
  value: unknown,
  path: PropertyKey[] = [],
): Generator<Fault> {
  if (Array.isArray(value)) return yield* strayInList(schema, value, path);
  if (typeof value !== 'object' || value === null) return;
  const shape = shapeOf(schema, value);
  if (shape === undefined) return;
  for (const [key, inner] of Object.entries(value)) {
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known === undefined) yield unknownKey([...path, key], Object.keys(shape));
    else yield* strayKeys(known, inner, [...path, key]);
  }
}

function* strayInList(schema: z.core.$ZodType, list: unknown[], path: PropertyKey[]): Generator<Fault> {
  const def = defOf(plain(schema));
  if (def.type !== 'array') return;
  for (const [index, inner] of list.entries()) yield* strayKeys(def.element, inner, [...path, index]);
}

type Shape = Record<string, z.core.$ZodType>;

/** The keys known where `value` stands; of a union, those of the option that the value's discriminator names. */
function shapeOf(schema: z.core.$ZodType, value: object): Shape | undefined {
  const def = defOf(plain(schema));
  if (def.type === 'object')
    return def.catchall === undefined || isNever(def.catchall) ? def.shape : undefined;
  if (def.type !== 'union') return undefined;
  const shapes = def.options.map((option) => shapeOf(option, value)).filter((shape) => shape !== undefined);
  const named = 'discriminator' in def ? Reflect.get(value, String(def.discriminator)) : undefined;
  const chosen = def.options.find((option) => isNamed(option, def, named));
  return chosen === undefined ? Object.assign({}, ...shapes) : shapeOf(chosen, value);
}

function isNamed(option: z.core.$ZodType, union: object, name: unknown): boolean {
  if (!('discriminator' in union) || typeof name !== 'string') return false;
  return option._zod.propValues?.[String(union.discriminator)]?.has(name) === true;
}

/** What a schema is made of; every schema is one of zod's own types. */
function defOf(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def;
}

function isNever(schema: z.core.$ZodType): boolean {
  return defOf(schema).type === 'never';
}

/** Without the wrappers that say nothing of keys: optional, default, nullable, pipe. */
function plain(schema: z.core.$ZodType): z.core.$ZodType {
  const def = defOf(schema);
  if (def.type === 'pipe') return plain(def.in);
  return 'innerType' in def ? plain(def.innerType) : schema;
}

function unknownKey(path: PropertyKey[], known: string[]): Fault {
  const key = String(path.at(-1)).slice(0, 64);
  const meant = nearest(key, known);
  const list = known.join(', ');
  return {
    path: pathText(path).slice(0, 200),
    code: 'unknown-key',
    en: `"${key}" is not known here; ${meant === undefined ? `known are: ${list}` : `did you mean "${meant}"?`}`,
    th: `ไม่รู้จัก "${key}" ${meant === undefined ? `ที่ใช้ได้คือ: ${list}` : `หมายถึง "${meant}" ใช่หรือไม่`}`,
  };
}
