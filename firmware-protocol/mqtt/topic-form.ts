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
  /** A whole topic of this row; its parameters are what it finds. */
  whole: RegExp;
  parameters: readonly Place[];
  /** Its last level, where that stands fast. */
  end: string | undefined;
}
interface Place {
  at: number;
  what: string;
}

/** Topics are written and read by the rows of one table. */
export function topicsOf<T extends TopicTable>(table: T): Topics<T> {
  const forms = Object.entries(table).map(([name, { pattern }]) => formOf(name as keyof T & string, pattern));
  const byName = new Map(forms.map((form) => [form.name, form]));
  const byEnd = formsByEnd(forms);
  const others = forms.filter(({ end }) => end === undefined);
  return {
    topicOf: (name, params) => filled(byName.get(name), params),
    filterOf: (name, params = {}) => filled(byName.get(name), params, '+'),
    readTopic(topic) {
      const end = topic.slice(topic.lastIndexOf('/') + 1);
      for (const form of byEnd.get(end) ?? others) {
        const params = paramsOf(form, topic);
        if (params !== undefined) return { name: form.name, params };
      }
      return undefined;
    },
  };
}

/** Which rows a topic may be of whose last level stands fast in some row; in the order of the table. */
function formsByEnd<N extends string>(forms: readonly Form<N>[]): Map<string, Form<N>[]> {
  const ends = new Set(forms.flatMap(({ end }) => end ?? []));
  return new Map(
    [...ends].map((word) => [word, forms.filter(({ end }) => end === word || end === undefined)]),
  );
}

function formOf<N extends string>(name: N, pattern: string): Form<N> {
  const levels = `${ROOT}/${pattern}`.split('/');
  const places = levels.map((level, at): Place => ({ at, what: level }));
  const last = levels.at(-1);
  return {
    name,
    levels,
    whole: new RegExp(`^${levels.map((level) => (level.startsWith('{') ? `(${ONE})` : level)).join('/')}$`),
    parameters: places.flatMap(({ at, what }): Place[] =>
      what.startsWith('{') ? [{ at, what: what.slice(1, -1) }] : [],
    ),
    end: last?.startsWith('{') ? undefined : last,
  };
}

function filled(
  form: Form<string> | undefined,
  params: Record<string, string | undefined>,
  notGiven?: '+',
): string {
  const levels = [...(form?.levels ?? [])];
  for (const { at, what } of form?.parameters ?? []) {
    const level = params[what];
    if (level === undefined ? notGiven === undefined : !isOneLevel(level))
      throw new TypeError(`topic ${form?.name}: ${what} is "${level}"`);
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

function paramsOf({ whole, parameters }: Form<string>, topic: string): Record<string, string> | undefined {
  const found = whole.exec(topic);
  if (found === null) return undefined;
  const params: Record<string, string> = {};
  for (let at = 0; at < parameters.length; at++) {
    const [parameter, level] = [parameters[at]?.what ?? '', found[at + 1] ?? ''];
    if (LEVEL_FORMS[parameter]?.(level) === false) return undefined;
    params[parameter] = level;
  }
  return params;
}

/** Not what separates levels, nor what stands for many, nor NUL (MQTT-1.5.4-2). */
const ONE = '[^/+#\\0]+';
const ONE_LEVEL = new RegExp(`^${ONE}$`);

function isOneLevel(text: string): boolean {
  return ONE_LEVEL.test(text);
}
