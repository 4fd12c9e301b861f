import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import type { PanelMeasures } from '../sign-ports.ts';
import type { BoardAnswer, BoardRequest } from './board-job.ts';
import type { BoardFacts } from './board-mouth.ts';

const TENTHS = 10;
const MILLI = 1_000;

/** What a board can be asked of its own health. */
export function questionsOf({ fitted }: BoardFacts): BoardRequest[] {
  const questions: BoardRequest[] = [];
  if (fitted.includes('sensors')) questions.push({ name: 'measure-ask', body: {} });
  if (fitted.includes('module-sense')) questions.push({ name: 'module-faults-ask', body: {} });
  return questions;
}

/** The answers in people's units; what the board does not measure is absent. */
export function measuresOf(answers: BoardAnswer[]): PanelMeasures {
  const measures: PanelMeasures = {};
  for (const answer of answers) {
    if (answer.name === 'measure') Object.assign(measures, sensed(answer.body));
    if (answer.name === 'module-faults') measures.faultyModules = faulty(answer.body);
  }
  return measures;
}

function sensed({ known, temperature, light, supply }: FrameBody<'measure'>): PanelMeasures {
  return {
    ...(known.includes('temperature') && { temperatureC: temperature / TENTHS }),
    ...(known.includes('light') && { lightLux: light }),
    ...(known.includes('supply') && { supplyVolts: supply / MILLI }),
  };
}

function faulty({ columns, rows, faults }: FrameBody<'module-faults'>): number[] {
  const modules = Array.from({ length: columns * rows }, (_unused, module) => module);
  return modules.filter((module) => ((faults[module >>> 3] ?? 0) >>> (module & 7)) & 1);
}
