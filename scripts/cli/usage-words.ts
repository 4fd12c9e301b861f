import type { CommanderError } from 'commander';
import type { Words } from './words.ts';

/** What commander found wrong with a command line, by its codes. `what` is what it put in quotation marks. */
const USAGE: Record<string, (what: string) => Words> = {
  'commander.missingMandatoryOptionValue': (what) => ({ en: `${what} is needed`, th: `ต้องระบุ ${what}` }),
  'commander.optionMissingArgument': (what) => ({ en: `${what} needs a value`, th: `${what} ต้องมีค่า` }),
  'commander.missingArgument': (what) => ({ en: `<${what}> is needed`, th: `ต้องระบุ <${what}>` }),
  'commander.unknownOption': (what) => ({ en: `there is no option ${what}`, th: `ไม่มีตัวเลือก ${what}` }),
  'commander.unknownCommand': (what) => ({ en: `there is no command "${what}"`, th: `ไม่มีคำสั่ง "${what}"` }),
  'commander.excessArguments': (what) => ({
    en: `too many words after "${what}"; put a text of several words in quotation marks`,
    th: `มีคำเกินหลัง "${what}" หากข้อความมีเว้นวรรคให้ใส่เครื่องหมายคำพูดคร่อม`,
  }),
};

/** `… 'loud' is invalid. Allowed choices are ding, none.`, of an option `option '--chime <name>' argument`, or of an argument behind it. */
const NO_CHOICE =
  /^(?:option '(?<option>[^']*)' argument|command-argument value) '(?<value>[^']*)' is invalid(?: for argument '(?<argument>[^']*)')?\. Allowed choices are (?<choices>.+)\.$/;

function noChoice(said: string): Words | undefined {
  const { option, argument, value, choices } = NO_CHOICE.exec(said)?.groups ?? {};
  if (choices === undefined) return undefined;
  const what = option ?? `<${argument}>`;
  return {
    en: `${what} is one of ${choices}; not "${value}"`,
    th: `${what} ต้องเป็นหนึ่งใน ${choices} ไม่ใช่ "${value}"`,
  };
}

/** Words of a command line that is wrong. `below` names the commands of a verb. */
export function usageWords(
  { code, message }: CommanderError,
  below: (verb: string) => string[] = () => [],
): Words {
  const [said = '', ...more] = message.replace(/^error: /, '').split('\n');
  const [, what = ''] = /'([^']*)'/.exec(said) ?? [];
  const names = below(what).join(', ');
  if (code === 'commander.excessArguments' && names !== '')
    return { en: `behind "${what}" stands one of ${names}`, th: `หลัง "${what}" ต้องเป็นหนึ่งใน ${names}` };
  const words = USAGE[code]?.(what) ?? noChoice(said) ?? { en: said, th: `ใช้คำสั่งไม่ถูกต้อง: ${said}` };
  const [, meant] = /Did you mean (.+)\?/.exec(more.join(' ')) ?? [];
  return meant === undefined
    ? words
    : { en: `${words.en}; did you mean ${meant}?`, th: `${words.th} หมายถึง ${meant} หรือไม่` };
}
