import { reasonWords } from '../../operator/device-failure.ts';

/**
 * What a part said beside the code of its error, whose words stand there already: the last line of a program, a reason, figures.
 * `detail` as it stands in a report: `amplifier-failed: the amplifier did not answer {"said":"gpioset: line busy"}`, or free text.
 */
export function saidBeside(detail: string | undefined, code: string): string {
  if (detail === undefined) return '';
  const own = [`${code}: ${reasonWords(code).en}`, reasonWords(code).en];
  const head = own.find((words) => detail.startsWith(words)) ?? '';
  const rest = detail.slice(head.length).trim();
  const context = contextIn(rest);
  if (context === undefined) return rest;
  const { said, why, ...figures } = context;
  const line = typeof said === 'string' ? said.trim().split('\n').at(-1) : undefined;
  const told = [why, line].filter((each) => typeof each === 'string' && each !== '');
  if (told.length > 0) return told.join('; ');
  return Object.entries(figures)
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** A context that was cut in the report is no JSON any more, and shown as it is. */
function contextIn(text: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}
