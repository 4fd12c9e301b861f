import type { BoardAnswer, BoardRequest } from '../../device/board/board-job.ts';
import type { BoardLink } from '../../device/board/board-link.ts';
import type { BoardFacts } from '../../device/board/board-mouth.ts';
import { isDeviceError } from '../../device/errors.ts';
import {
  amplifierMeasureRows,
  amplifierRows,
  type BoardRow,
  measureRows,
  moduleRows,
  statusRows,
  welcomeRows,
} from './board-words.ts';

/** Everything that a board can be asked, and what it must have for that. */
const QUESTIONS: { request: BoardRequest; needs?: BoardFacts['fitted'][number] }[] = [
  { request: { name: 'status-ask', body: {} } },
  { request: { name: 'measure-ask', body: {} }, needs: 'sensors' },
  { request: { name: 'module-faults-ask', body: {} }, needs: 'module-sense' },
  { request: { name: 'amplifier-ask', body: {} }, needs: 'amplifier' },
  { request: { name: 'amplifier-measure-ask', body: {} }, needs: 'amplifier-measure' },
];

export interface BoardReport {
  facts: BoardFacts;
  answers: BoardAnswer[];
  /** Questions that the board announced and refused all the same. */
  refused: string[];
}

/** Asks one question after the other, so that one refusal does not hide the rest. Rejects when the board goes. */
export async function askEverything(link: BoardLink, facts: BoardFacts): Promise<BoardReport> {
  const report: BoardReport = { facts, answers: [], refused: [] };
  for (const { request, needs } of QUESTIONS) {
    if (needs !== undefined && !facts.fitted.includes(needs)) continue;
    try {
      report.answers.push(...(await link.run([request])));
    } catch (error) {
      if (!isDeviceError(error, 'panel-refused')) throw error;
      report.refused.push(request.name);
    }
  }
  return report;
}

export function reportRows({ facts, answers, refused }: BoardReport): BoardRow[] {
  const rows = answers.flatMap((answer) => answerRows(answer));
  const noes: BoardRow[] = refused.map((name) => [{ en: 'refused', th: 'บอร์ดปฏิเสธ' }, name]);
  return [...welcomeRows(facts), ...rows, ...noes];
}

function answerRows(answer: BoardAnswer): BoardRow[] {
  switch (answer.name) {
    case 'status':
      return statusRows(answer.body);
    case 'measure':
      return measureRows(answer.body);
    case 'module-faults':
      return moduleRows(answer.body);
    case 'amplifier-state':
      return amplifierRows(answer.body);
    case 'amplifier-measure':
      return amplifierMeasureRows(answer.body);
    default:
      return [];
  }
}

/** As JSON: bytes as hex digits. */
export function reportDocument({ facts, answers, refused }: BoardReport): object {
  const told = answers.map(({ name, body }) => [name, readable(body)]);
  return { welcome: facts, ...Object.fromEntries(told), refused };
}

function readable(body: object): object {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]),
  );
}
