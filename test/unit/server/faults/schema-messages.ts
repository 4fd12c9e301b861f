import { z } from 'zod';

/** The words that a schema has of its own, at every depth: the message of each `regex` and `refine`. */
export function messages(schema: z.core.$ZodType, seen = new Set<unknown>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = (schema as z.core.$ZodTypes)._zod.def as z.core.$ZodTypeDef & Record<string, unknown>;
  const checks = (def.checks ?? []).map((check) => check._zod.def.error?.({} as never));
  const inner = Object.values(def).flatMap((part) => {
    const parts = Array.isArray(part)
      ? part
      : [part, ...Object.values(def.type === 'object' ? (def.shape ?? {}) : {})];
    return parts.filter((each): each is z.core.$ZodType => each instanceof z.core.$ZodType);
  });
  return [...checks, ...inner.flatMap((each) => messages(each, seen))].filter(
    (said) => typeof said === 'string',
  );
}
