import { z } from 'zod';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { CONFIG_MESSAGES } from './config-messages.ts';
import { pathText, valueAt } from './fault-path.ts';
import { HALL_MESSAGES } from './hall-messages.ts';
import { type ContractWords, SCHEMA_MESSAGES } from './schema-messages.ts';
import { quoted, WORDING, type Wording } from './wording.ts';

/** A page of faults is read; a thousand are not, and would be a large answer to a small request. */
export const MAX_FAULTS = 20;
/** Beyond these nothing is looked at: 500 entries of 200 wrong times each are 100,000 issues in one message. */
const MAX_ISSUES = 200;

const ENGLISH = z.locales.en().localeError;
const THAI = z.locales.th().localeError;

/**
 * What is wrong with `input`, in Thai and English, one fault an issue, at most MAX_FAULTS. Unknown keys are left out:
 * `strayKeys` finds them at every depth, and knows which key was meant.
 */
export function faultsOf(error: z.core.$ZodError, input: unknown): Fault[] {
  return error.issues
    .slice(0, MAX_ISSUES)
    .flatMap((issue) => (issue.code === 'invalid_union' ? openUnion(issue, input) : [issue]))
    .map(openKey)
    .filter((issue, index, all) => issue.code !== 'unrecognized_keys' && isFirstThere(issue, index, all))
    .slice(0, MAX_FAULTS)
    .map((issue) => faultOf(issue, input));
}

/** Who is told that a text has the wrong form need not hear what that form would have meant. */
function isFirstThere(issue: z.core.$ZodIssue, index: number, all: z.core.$ZodIssue[]): boolean {
  const place = pathText(issue.path);
  return place === '' || all.findIndex((each) => pathText(each.path) === place) === index;
}

/** Of a union where nothing fits, the option that came nearest says best what is wrong. */
function openUnion(issue: z.core.$ZodIssueInvalidUnion, input: unknown): z.core.$ZodIssue[] {
  const depth = (issues: z.core.$ZodIssue[]): number =>
    Math.max(...issues.map((each) => each.path.length - (each.code === 'invalid_type' ? 0.5 : 0)));
  const [best] = [...issue.errors].sort((one, other) => depth(other) - depth(one));
  if (best === undefined || valueAt(input, issue.path) === undefined) return [issue];
  return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** What is wrong with the name of a member is said of the name: `brightness.hours.6: a time of the day, as 17:30`. */
function openKey(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
  return inner === undefined ? issue : { ...inner, path: issue.path };
}

function faultOf(issue: z.core.$ZodIssue, input: unknown): Fault {
  const value = valueAt(input, issue.path);
  return { path: pathText(issue.path), ...(inContractWords(issue, value) ?? inOurWords(issue, value)) };
}

function inContractWords(issue: z.core.$ZodIssue, value: unknown): Wording | undefined {
  const said: ContractWords | undefined =
    SCHEMA_MESSAGES[issue.message] ?? HALL_MESSAGES[issue.message] ?? CONFIG_MESSAGES[issue.message];
  if (said === undefined) return undefined;
  const { code, en = issue.message, th, unseen } = said;
  if (typeof value !== 'string') return { code, en, th };
  const letter = unseen && unseenLetter(value, unseen);
  // What was typed helps to find it among 256 targets; a whole document does not.
  if (letter === undefined) return { code, en: `${quoted(value)}: ${en}`, th: `${quoted(value)}: ${th}` };
  const { at, name } = letter;
  return { code, en: `character ${at} is ${name}: ${en}`, th: `อักขระตัวที่ ${at} คือ ${name}: ${th}` };
}

/** The first letter of the text that `pattern` finds: `{ at: 7, name: 'U+202E' }` for the seventh. */
function unseenLetter(text: string, pattern: RegExp): { at: number; name: string } | undefined {
  const letters = [...text];
  const index = letters.findIndex((letter) => pattern.test(letter));
  const code = letters[index]?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return code === undefined ? undefined : { at: index + 1, name: `U+${code}` };
}

function inOurWords(issue: z.core.$ZodIssue, value: unknown): Wording {
  const write = WORDING[issue.code] as
    | ((issue: z.core.$ZodIssue, input: unknown) => Wording | undefined)
    | undefined;
  return write?.(issue, value) ?? inZodWords(issue, value);
}

function inZodWords(issue: z.core.$ZodIssue, input: unknown): Wording {
  const raw = { ...issue, input } as z.core.$ZodRawIssue;
  return {
    code: issue.code.replaceAll('_', '-'),
    en: textOf(ENGLISH(raw)) ?? issue.message,
    th: textOf(THAI(raw)) ?? 'ข้อมูลไม่ถูกต้อง',
  };
}

function textOf(said: ReturnType<typeof ENGLISH>): string | undefined {
  return typeof said === 'object' ? said?.message : said;
}
