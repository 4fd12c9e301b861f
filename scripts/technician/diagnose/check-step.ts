import type { Words } from '../../cli/words.ts';
import { type Finding, found, type StepId } from './finding.ts';
import type { Room } from './rooms.ts';
import type { ToldCheck, Visit } from './visit.ts';

/** Which checks of the table a step of the visit shows; limits, causes and remedies are the table's. */
export const CHECK_STEPS = {
  power: ['supply', 'supply before'],
  temperature: ['temperature', 'throttling'],
  load: ['processor', 'memory', 'own memory', 'descriptors'],
  'disk-room': ['disk space', 'disk files', 'disk full'],
  'disk-write': ['disk writable', 'write canary', 'write time'],
  'disk-owner': ['disk owner', 'disk strays'],
  'disk-errors': ['file system'],
  'disk-age': ['disk wear', 'disk spares', 'disk written'],
  signal: ['signal', 'mobile signal'],
  reports: ['reports', 'oldest report'],
  media: ['media'],
} as const satisfies Partial<Record<StepId, readonly string[]>>;
export type CheckStep = keyof typeof CHECK_STEPS;

/** In which room each of them is shown. */
const ROOM_OF: Record<CheckStep, Room> = {
  ...{ power: 'power', temperature: 'power', load: 'power' },
  ...{
    'disk-room': 'disk',
    'disk-write': 'disk',
    'disk-owner': 'disk',
    'disk-errors': 'disk',
    'disk-age': 'disk',
  },
  ...{ signal: 'link', reports: 'reports', media: 'agent' },
};

const NOT_MEASURED: Words = { en: 'this machine does not measure it', th: 'เครื่องนี้ไม่วัด' };

/** The checks of one step as one finding: the worst of them, with what to do about it; the others by their figures. */
export async function lookAtChecks(visit: Visit, step: CheckStep): Promise<Finding> {
  return findingOf(step, await visit.checks());
}

export function findingOf(step: CheckStep, checks: ToldCheck[]): Finding {
  const ids: readonly string[] = CHECK_STEPS[step];
  const ofStep = checks.filter(({ check }) => ids.includes(check));
  const bad = ofStep.filter(({ result }) => result === 'bad');
  const worst = bad.find(({ grave }) => grave === true) ?? bad[0];
  const isKnown = ofStep.some(({ result }) => result !== 'not-known');
  const figure = figuresOf(
    worst === undefined ? ofStep : [worst, ...ofStep.filter((each) => each !== worst)],
  );
  if (worst === undefined)
    return isKnown
      ? found(step, 'ok', { ...(figure && { figure }) })
      : found(step, 'not-known', { cause: NOT_MEASURED });
  const { cause, remedy } = worst;
  return found(step, worst.grave ? 'fail' : 'warn', { ...(figure && { figure }), cause, remedy });
}

/** Numbers of the warnings that steps of these rooms show by themselves: the agent's list need not say them again. */
export function shownIn(rooms: readonly Room[], checks: ToldCheck[]): ReadonlySet<number> {
  const ids = Object.entries(CHECK_STEPS).flatMap(([step, each]): readonly string[] =>
    rooms.includes(ROOM_OF[step as CheckStep]) ? each : [],
  );
  return new Set(
    checks
      .filter(({ check, result }) => result === 'bad' && ids.includes(check))
      .map(({ warning }) => warning),
  );
}

/** `81 °C (limit 80 °C, warning 207), 812 MiB available`. */
function figuresOf(checks: ToldCheck[]): Words | undefined {
  const said = checks.filter(({ figure }) => figure !== undefined && figure !== '-');
  if (said.length === 0) return undefined;
  return {
    en: said.map((check) => saidEn(check)).join(', '),
    th: said.map((check) => saidTh(check)).join(', '),
  };
}

function saidEn({ figure = '', limit = '-', result, warning }: ToldCheck): string {
  if (result !== 'bad') return figure;
  return `${figure} (${limit === '-' ? '' : `limit ${limit}, `}warning ${warning})`;
}

function saidTh({ figure = '', figure_th = figure, limit = '-', limit_th = limit, ...rest }: ToldCheck) {
  if (rest.result !== 'bad') return figure_th;
  return `${figure_th} (${limit_th === '-' ? '' : `เกณฑ์ ${limit_th} `}เตือน ${rest.warning})`;
}
