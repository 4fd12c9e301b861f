import { z } from 'zod';
import { CAP_NAMESPACE, CapAlert, type Pair } from './cap-schema.ts';

/** An alert of ours before it is written: text as it will stand, absent members left out. */
export type CapDraft = Draft<z.input<typeof CapAlert>>;
type Draft<T> = { [K in keyof T]: T[K] };
export type CapPair = z.input<typeof Pair>;

/** CAP 1.2 as XML, its elements in the order of the schema. What XML cannot hold is left out. */
export function capXml(alert: CapDraft): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<alert xmlns="${CAP_NAMESPACE}">`];
  writeMembers(alert, CapAlert, '  ', lines);
  return `${[...lines, '</alert>'].join('\n')}\n`;
}

function writeMembers(value: object, schema: z.ZodObject, indent: string, lines: string[]): void {
  for (const [name, type] of Object.entries(schema.shape)) {
    const held: unknown = Reflect.get(value, name);
    if (held === undefined) continue;
    const group = groupOf(type);
    for (const each of Array.isArray(held) ? held : [held]) {
      if (group === undefined) lines.push(`${indent}<${name}>${escaped(String(each))}</${name}>`);
      else {
        lines.push(`${indent}<${name}>`);
        writeMembers(Object(each), group, `${indent}  `, lines);
        lines.push(`${indent}</${name}>`);
      }
    }
  }
}

function groupOf(type: unknown): z.ZodObject | undefined {
  if (type instanceof z.ZodObject) return type;
  if (type instanceof z.ZodOptional || type instanceof z.ZodDefault) return groupOf(type.unwrap());
  return type instanceof z.ZodArray ? groupOf(type.element) : undefined;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Everything else is no character of XML 1.0 (2.2). */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replace(NO_XML, '').replace(/[&<>]/g, (letter) => ESCAPES[letter] ?? '');
}
