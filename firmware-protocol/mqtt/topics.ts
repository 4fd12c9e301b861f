import { ROOT, TOPICS, type TopicName } from './catalogue.ts';

type Params<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Params<Rest>
  : never;
/** The parameters of a row: `topicOf('receipt', {zone, device})`. */
export type TopicParams<N extends TopicName> = Record<Params<(typeof TOPICS)[N]['pattern']>, string>;

/** The topic of a row. A parameter is one level: it may hold no `/`, `+`, `#` or NUL. Throws TypeError otherwise. */
export function topicOf<N extends TopicName>(name: N, params: TopicParams<N>): string {
  const filled = TOPICS[name].pattern.replace(/\{(\w+)\}/g, (_all, key: string) => {
    const value = (params as Record<string, string>)[key];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what MQTT-1.5.4-2 forbids
    if (value === undefined || value === '' || /[/+#\u0000]/.test(value))
      throw new TypeError(`topic ${name}: ${key} is "${value}"`);
    return value;
  });
  return `${ROOT}/${filled}`;
}

/** A subscription filter of a row: parameters that are not given become `+`. */
export function filterOf<N extends TopicName>(name: N, params: Partial<TopicParams<N>> = {}): string {
  const given = params as Record<string, string | undefined>;
  const all = Object.fromEntries(
    [...TOPICS[name].pattern.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => [key, given[key]]),
  );
  return `${ROOT}/${TOPICS[name].pattern.replace(/\{(\w+)\}/g, (_whole, key: string) => all[key] ?? '+')}`;
}

export interface ReadTopic {
  name: TopicName;
  params: Record<string, string>;
}

const rows = (Object.keys(TOPICS) as TopicName[]).map((name) => ({
  name,
  levels: `${ROOT}/${TOPICS[name].pattern}`.split('/'),
}));

/** Which row a topic is of, with its parameters; undefined = none of ours. */
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
  for (const [index, expected] of pattern.entries()) {
    const level = levels[index] ?? '';
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = level;
    else if (expected !== level) return undefined;
  }
  return params;
}
