import { builtProgram } from '../drivers/built-program.ts';
import { SignPainterProcess } from '../drivers/signs/sign-painter.ts';
import { HallQuestions } from '../fleet/hall-questions.ts';
import { ScreenRoom } from '../fleet/screen-room.ts';
import type { Broker, Clock, Log, MediaFiles, Random } from '../ports.ts';
import { PreviewPictures } from '../signs/preview-pictures.ts';
import { PreviewRoom } from '../signs/preview-room.ts';
import { SignCounts } from '../signs/sign-counts.ts';
import type { Database } from '../tables.ts';

interface Needs {
  db: Pick<Database, 'standings'>;
  broker: Pick<Broker, 'publish'>;
  clock: Clock;
  random: Random;
}

/** What is asked about the signs of halls. */
export function signRoom({ db, broker, clock, random }: Needs): {
  questions: HallQuestions;
  screens: ScreenRoom;
  signCounts: SignCounts;
} {
  const questions = new HallQuestions({ broker, clock, random });
  const screens = new ScreenRoom({ halls: questions, clock });
  return { questions, screens, signCounts: new SignCounts({ standings: db.standings, clock }) };
}

/** The painter of the halls, started when somebody wants to see a page before it is sent. */
export function openPreviews(
  files: MediaFiles,
  { clock, log }: { clock: Clock; log: Log },
  opened: (() => Promise<void>)[],
): PreviewRoom {
  const pictures = new PreviewPictures(files);
  opened.push(() => pictures.close());
  const painter = new SignPainterProcess({ childPath: () => builtProgram('sign-painter.mjs'), clock, log });
  opened.push(() => painter.close());
  return new PreviewRoom({ painter, pictures });
}
