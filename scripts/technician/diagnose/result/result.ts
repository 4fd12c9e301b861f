import type { DeviceConfig } from '../../../../device/config.ts';
import { type Instant, instantOf } from '../../../../firmware-protocol/content/instant.ts';
import { when } from '../../../cli/when.ts';
import type { Lang, Words } from '../../../cli/words.ts';
import { type Finding, type Result, STEPS, worstOf } from '../finding.ts';
import type { Visit } from '../visit.ts';

/** What a visit found, as `--json` prints it. */
export interface VisitResult {
  format: 1;
  device: string;
  village: string;
  place: string;
  version: string;
  at: string;
  agent: 'running' | 'away';
  worst: Result;
  findings: (Finding & { title: Words; did: Words })[];
  /** The local page of the box, where it has one. */
  page?: string;
}

export function resultOf(
  visit: Visit,
  version: string,
  findings: Finding[],
  page: string | undefined,
): VisitResult {
  const { identity, running, config } = visit;
  return {
    format: 1,
    device: identity?.device ?? '-',
    village: identity?.village ?? '-',
    place: placeOf(config),
    version: running?.state.state.version ?? version,
    at: timeOf(visit),
    agent: running === undefined ? 'away' : 'running',
    worst: worstOf(findings),
    findings: findings.map((finding) => ({ ...finding, ...STEPS[finding.step] })),
    ...(page !== undefined && { page }),
  };
}

/** Of the agent, where it runs: the clock of the box may be what is wrong. */
export function timeOf({ running }: Pick<Visit, 'running'>): Instant {
  return running?.state.at ?? instantOf(Date.now());
}

function placeOf({ place }: DeviceConfig): string {
  return place === '' ? '-' : place;
}

export const MARKS: Record<Result, string> = {
  ok: '✓',
  warn: '!',
  fail: '✗',
  'not-known': '?',
  skipped: '-',
};

export const RESULT_WORDS: Record<Result, Words> = {
  ok: { en: 'everything that was tried works', th: 'ทุกอย่างที่ตรวจใช้งานได้' },
  warn: { en: 'works, with something to look after', th: 'ใช้งานได้ แต่มีสิ่งที่ควรดูแล' },
  fail: { en: 'something does not work', th: 'มีส่วนที่ใช้งานไม่ได้' },
  'not-known': { en: 'some of it is not known', th: 'บางส่วนยังไม่ทราบผล' },
  skipped: { en: 'some of it was not tried', th: 'บางส่วนยังไม่ได้ตรวจ' },
};

/** LINE shows a message of this length whole, and a person reads it. */
export const TEXT_LIMIT = 1_500;

/** The result to send by LINE: what does not work first, each with what to do; then, in one line each, the rest. */
export function resultText(result: VisitResult, lang: Lang): string {
  const { findings, place, device, village, at, version, worst, page } = result;
  const head = [
    lang === 'th' ? `ผลตรวจหอกระจายข่าว ${place}` : `Check of the hall ${place}`,
    `${device} · ${village} · ${when(at, lang)} · ${version}`,
    `${MARKS[worst]} ${RESULT_WORDS[worst][lang]}`,
    ...(result.agent === 'away' ? [lang === 'th' ? 'โปรแกรมไม่ทำงาน' : 'the agent does not run'] : []),
  ];
  const rest = restOf(findings, lang).map(({ line }) => line);
  const near =
    lang === 'th' ? 'หน้าของกล่อง (เฉพาะเครือข่ายของหอ):' : 'page of the box (in the network of the hall):';
  const foot = page === undefined ? [] : ['', '', near, page];
  const blocks = [
    ...wrongOf(findings).map((finding) => ['', ...linesOf(finding, lang)].join('\n')),
    rest.length === 0 ? '' : `\n${rest.join('\n')}`,
  ];
  return bounded([head.join('\n'), ...blocks].join('\n'), foot.join('\n'), lang);
}

/** What somebody has to do something about, the worst first. */
export function wrongOf(findings: Finding[]): Finding[] {
  return (['fail', 'warn'] as const).flatMap((which) => findings.filter(({ result }) => result === which));
}

/** The rest, a line each; what was not tried is one line in all. */
export function restOf(findings: Finding[], lang: Lang): { result: Result; line: string }[] {
  const of = (which: Result) => findings.filter(({ result }) => result === which);
  const skipped = of('skipped').map(({ step }) => STEPS[step].title[lang]);
  const head = lang === 'th' ? 'ไม่ได้ตรวจ' : 'not tried';
  return [
    ...[...of('not-known'), ...of('ok')].map((each) => ({ result: each.result, line: lineOf(each, lang) })),
    ...(skipped.length === 0
      ? []
      : [{ result: 'skipped' as const, line: `${MARKS.skipped} ${head}: ${skipped.join(', ')}` }]),
  ];
}

/** One finding as it is shown on the way: a line, and what to do below it. */
export function linesOf(finding: Finding, lang: Lang): string[] {
  const { cause, remedy } = finding;
  return [
    lineOf(finding, lang),
    ...(cause === undefined ? [] : [`   ${cause[lang]}`]),
    ...(remedy === undefined ? [] : [`   → ${remedy[lang]}`]),
  ];
}

function lineOf({ step, result, figure }: Finding, lang: Lang): string {
  return [
    `${MARKS[result]} ${STEPS[step].title[lang]}`,
    ...(figure === undefined ? [] : [figure[lang]]),
  ].join(': ');
}

/** Cut at the end of a line, and said so: half a remedy is none. */
function bounded(text: string, foot: string, lang: Lang): string {
  const room = TEXT_LIMIT - foot.length;
  if (text.length <= room) return text + foot;
  const more = lang === 'th' ? '\n… ดูต่อในไฟล์' : '\n… the rest is in the file';
  const cut = text.slice(0, room - more.length);
  return cut.slice(0, cut.lastIndexOf('\n')) + more + foot;
}
