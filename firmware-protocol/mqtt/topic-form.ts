import { AreaCode, DeviceId } from '../content/area.ts';
import { ROOT } from './topic-row.ts';

/** Rows of the catalogue, by name, as far as their topics go. */
export type TopicTable = Record<string, { pattern: string }>;

type Params<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Params<Rest>
  : never;
/** The parameters of a row: `{zone, device}`. */
export type ParamsOf<T extends TopicTable, N extends keyof T> = Record<Params<T[N]['pattern']>, string>;

export interface Topics<T extends TopicTable> {
  /** The topic of a row. A parameter is one level: it may hold no `/`, `+`, `#` or NUL. Throws TypeError otherwise. */
  topicOf<N extends keyof T & string>(name: N, params: ParamsOf<T, N>): string;
  /** A subscription filter of a row: parameters that are not given become `+`. Throws TypeError as `topicOf`. */
  filterOf<N extends keyof T & string>(name: N, params?: Partial<ParamsOf<T, N>>): string;
  /** Which row a topic is of, with its parameters; undefined = none of these, or a filter. */
  readTopic(topic: string): ReadTopic<keyof T & string> | undefined;
}

export interface ReadTopic<N extends string> {
  name: N;
  params: Record<string, string>;
}

/** Topics are written and read by the rows of one table. */
export function topicsOf<T extends TopicTable>(table: T): Topics<T> {
  const rows = Object.entries(table).map(([name, { pattern }]) => ({
    name: name as keyof T & string,
    levels: `${ROOT}/${pattern}`.split('/'),
  }));
  const patternOf = (name: keyof T & string) => table[name]?.pattern ?? '';
  return {
    topicOf: (name, params) => filled(name, patternOf(name), params),
    filterOf: (name, params = {}) => filled(name, patternOf(name), params, '+'),
    readTopic(topic) {
      const levels = topic.split('/');
      for (const row of rows) {
        const params = paramsOf(row.levels, levels);
        if (params !== undefined) return { name: row.name, params };
      }
      return undefined;
    },
  };
}

function filled(
  name: string,
  pattern: string,
  params: Record<string, string | undefined>,
  notGiven?: '+',
): string {
  const levels = pattern.replace(/\{(\w+)\}/g, (_all, key: string) => {
    const level = params[key];
    if (level === undefined && notGiven !== undefined) return notGiven;
    if (level === undefined || !isOneLevel(level)) throw new TypeError(`topic ${name}: ${key} is "${level}"`);
    return level;
  });
  return `${ROOT}/${levels}`;
}

/** What a level may be where a row has a parameter. Without it a user named `area` could write like a server. */
const LEVEL_FORMS: Record<string, (level: string) => boolean> = {
  zone: (level) => /^(th|[1-9]\d)$/.test(level),
  area: (level) => AreaCode.safeParse(level).success,
  device: (level) => DeviceId.safeParse(level).success,
};

function paramsOf(pattern: string[], levels: string[]): Record<string, string> | undefined {
  if (pattern.length !== levels.length) return undefined;
  const params: Record<string, string> = {};
  // What stands fast is looked at first: of most rows that is all.
  for (const [index, expected] of pattern.entries())
    if (!expected.startsWith('{') && expected !== levels[index]) return undefined;
  for (const [index, expected] of pattern.entries()) {
    if (!expected.startsWith('{')) continue;
    const [parameter, level] = [expected.slice(1, -1), levels[index] ?? ''];
    if (!isLevel(parameter, level)) return undefined;
    params[parameter] = level;
  }
  return params;
}

/** What separates levels, what stands for many, and NUL (MQTT-1.5.4-2). */
const NOT_IN_A_LEVEL = ['/', '+', '#', '\0'];

function isOneLevel(text: string): boolean {
  return text !== '' && !NOT_IN_A_LEVEL.some((mark) => text.includes(mark));
}

function isLevel(parameter: string, level: string): boolean {
  return isOneLevel(level) && (LEVEL_FORMS[parameter]?.(level) ?? true);
}
