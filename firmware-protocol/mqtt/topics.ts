import { AreaCode, DeviceId } from '../content/area.ts';
import { ROOT, TOPICS, type TopicName } from './catalogue.ts';

type Params<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Params<Rest>
  : never;
/** The parameters of a row: `topicOf('receipt', {zone, device})`. */
export type TopicParams<N extends TopicName> = Record<Params<(typeof TOPICS)[N]['pattern']>, string>;

/** The topic of a row. A parameter is one level: it may hold no `/`, `+`, `#` or NUL. Throws TypeError otherwise. */
export function topicOf<N extends TopicName>(name: N, params: TopicParams<N>): string {
  return filled(name, params);
}

/** A subscription filter of a row: parameters that are not given become `+`. Throws TypeError as `topicOf`. */
export function filterOf<N extends TopicName>(name: N, params: Partial<TopicParams<N>> = {}): string {
  return filled(name, params, '+');
}

function filled(name: TopicName, params: Record<string, string | undefined>, notGiven?: '+'): string {
  const levels = TOPICS[name].pattern.replace(/\{(\w+)\}/g, (_all, key: string) => {
    const level = params[key];
    if (level === undefined && notGiven !== undefined) return notGiven;
    if (level === undefined || !isOneLevel(level)) throw new TypeError(`topic ${name}: ${key} is "${level}"`);
    return level;
  });
  return `${ROOT}/${levels}`;
}

export interface ReadTopic {
  name: TopicName;
  params: Record<string, string>;
}

const rows = (Object.keys(TOPICS) as TopicName[]).map((name) => ({
  name,
  levels: `${ROOT}/${TOPICS[name].pattern}`.split('/'),
}));

/** What a level may be where a row has a parameter. Without it a user named `area` could write like a server. */
const LEVEL_FORMS: Record<string, (level: string) => boolean> = {
  zone: (level) => /^(th|[1-9]\d)$/.test(level),
  area: (level) => AreaCode.safeParse(level).success,
  device: (level) => DeviceId.safeParse(level).success,
};

/** Which row a topic is of, with its parameters; undefined = none of ours, or a filter. */
export function readTopic(topic: string): ReadTopic | undefined {
  const levels = topic.split('/');
  for (const row of rows) {
    const params = paramsOf(row.levels, levels);
    if (params !== undefined) return { name: row.name, params };
  }
  return undefined;
}

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
