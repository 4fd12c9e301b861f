import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { LocalAnswerOf, LocalRequestOf, LocalVerb } from '../../firmware-protocol/local/verbs.ts';
import type { LocalHall } from './local-hall.ts';
import { planAhead } from './plan-ahead.ts';
import { amplifierTest, compactLocal, lampTest, runTest, signTest, toneTest } from './test-play.ts';

/** What the composition root knows and the agent does not. */
export interface LocalKit {
  /** Undefined while the agent starts or stops. */
  hall: () => LocalHall | undefined;
  /** The last lines of the log, oldest first. */
  logLines: () => string[];
  /** The link to the local page with a fresh token; undefined = there is no page. */
  pageLink: () => LocalAnswerOf<'page-link'> | undefined;
}

type Handler<V extends LocalVerb> = (
  hall: LocalHall,
  request: LocalRequestOf<V>,
  kit: LocalKit,
) => Promise<LocalAnswerOf<V>>;

/** One row a verb of the catalogue. */
export const LOCAL_HANDLERS: { [V in LocalVerb]: Handler<V> } = {
  state: async (hall) => ({
    ...{ device: hall.device, at: instantOf(hall.clock.wall()) },
    ...{ state: hall.state(), details: hall.details() },
  }),
  health: (hall) => hall.health(),
  link: (hall) => hall.link(),
  checks: async (hall, { now }) => ({ checks: await hall.checks(now) }),
  'round-trip': (hall) => hall.roundTrip(),
  next: async (hall, { hours }) => ({
    ...planAhead(hall.programmes(), hall.clock.wall(), hours),
    trust: hall.clock.trust(),
  }),
  reports: async (hall, { limit }) => ({ events: hall.recent.last(limit) }),
  'log-tail': async (_hall, { lines }, kit) => ({ lines: kit.logLines().slice(-lines) }),
  async stop(hall) {
    const onAir = () => Object.values(hall.state().outputs).flatMap((output) => output?.play ?? []);
    const before = onAir();
    await hall.stop(`local/stop/${compactLocal(hall.clock.wall())}`);
    const still = new Set(onAir());
    return { stopped: [...new Set(before)].filter((play) => !still.has(play)) };
  },
  'test-tone': (hall, { level, at_night, wait_s }) => runTest(hall, toneTest(level, at_night), wait_s),
  'amplifier-test': (hall, { wait_s }) => runTest(hall, amplifierTest(), wait_s),
  'sign-test': (hall, { seconds, wait_s }) => runTest(hall, signTest(seconds), wait_s),
  'sign-lamps': (hall, { seconds, wait_s }) => runTest(hall, lampTest(seconds), wait_s),
  'input-levels': async (hall) => ({ inputs: (await hall.inputLevels?.()) ?? [] }),
  sideload: (hall, { folder }) => hall.sideload(folder),
  'page-link': async (_hall, _request, kit) => kit.pageLink() ?? {},
};

/** Verbs that make the hall do something: one at a time, so that nobody confuses one test with the other. */
export const ALONE: ReadonlySet<LocalVerb> = new Set([
  'test-tone',
  'amplifier-test',
  'sign-test',
  'sign-lamps',
  'sideload',
]);
