import { HallQuestions } from '../fleet/hall-questions.ts';
import { ScreenRoom } from '../fleet/screen-room.ts';
import type { Broker, Clock, Random } from '../ports.ts';

interface Needs {
  broker: Pick<Broker, 'publish'>;
  clock: Clock;
  random: Random;
}

/** What is asked about the signs of halls. */
export function signRoom({ broker, clock, random }: Needs): {
  questions: HallQuestions;
  screens: ScreenRoom;
} {
  const questions = new HallQuestions({ broker, clock, random });
  return { questions, screens: new ScreenRoom({ halls: questions, clock }) };
}
