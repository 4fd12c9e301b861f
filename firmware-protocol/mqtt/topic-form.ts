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

/** A row, its pattern read once: a topic is read with every message of 75,000 halls. */
interface Form<N extends string> {
  name: N;
  levels: readonly string[];
  /** What stands fast; from the end, where rows differ. */
  words: readonly Place[];
  parameters: readonly Place[];
}
type Place = readonly [at: number, what: string];

/** Topics are written and read by the rows of one table. */
export function topicsOf<T extends TopicTable>(table: T): Topics<T> {
  const forms = Object.entries(table).map(([name, { pattern }]) => formOf(name as keyof T & string, pattern));
  const byName = new Map(forms.map((form) => [form.name, form]));
  return {
    topicOf: (name, params) => filled(byName.get(name), params),
    filterOf: (name, params = {}) => filled(byName.get(name), params, '+'),
    readTopic(topic) {
      const levels = topic.split('/');
      for (const form of forms) {
        const params = paramsOf(form, levels);
        if (params !== undefined) return { name: form.name, params };
      }
      return undefined;
    },
  };
}

function formOf<N extends string>(name: N, pattern: string): Form<N> {
  const levels = `${ROOT}/${pattern}`.split('/');
  const places = levels.map((level, at): Place => [at, level]);
  return {
    name,
    levels,
    words: places.filter(([, level]) => !level.startsWith('{')).reverse(),
    parameters: places.flatMap(([at, level]): Place[] =>
      level.startsWith('{') ? [[at, level.slice(1, -1)]] : [],
    ),
  };
}

function filled(
  form: Form<string> | undefined,
  params: Record<string, string | undefined>,
  notGiven?: '+',
): string {
  const levels = [...(form?.levels ?? [])];
  for (const [at, key] of form?.parameters ?? []) {
    const level = params[key];
    if (level === undefined ? notGiven === undefined : !isOneLevel(level))
      throw new TypeError(`topic ${form?.name}: ${key} is "${level}"`);
    levels[at] = level ?? '+';
  }
  return levels.join('/');
}

/** What a level may be where a row has a parameter. Without it a user named `area` could write like a server. */
const LEVEL_FORMS: Record<string, (level: string) => boolean> = {
  zone: (level) => /^(th|[1-9]\d)$/.test(level),
  area: (level) => AreaCode.safeParse(level).success,
  device: (level) => DeviceId.safeParse(level).success,
};

function paramsOf(
  { levels: pattern, words, parameters }: Form<string>,
  levels: string[],
): Record<string, string> | undefined {
  if (levels.length !== pattern.length) return undefined;
  // What stands fast is looked at first: of most rows that is all.
  for (const [at, word] of words) if (levels[at] !== word) return undefined;
  const params: Record<string, string> = {};
  for (const [at, parameter] of parameters) {
    const level = levels[at] ?? '';
    if (!isLevel(parameter, level)) return undefined;
    params[parameter] = level;
  }
  return params;
}

/** Not what separates levels, nor what stands for many, nor NUL (MQTT-1.5.4-2). */
const ONE_LEVEL = /^[^/+#\0]+$/;

function isOneLevel(text: string): boolean {
  return ONE_LEVEL.test(text);
}

function isLevel(parameter: string, level: string): boolean {
  return isOneLevel(level) && (LEVEL_FORMS[parameter]?.(level) ?? true);
}
