import type { Session } from '../door/session.ts';

/** From this computer to an answer of the server, each step only as good as those before. */
export const STEPS = ['network', 'server', 'session', 'clock', 'line', 'roundTrip'] as const;
export type Step = (typeof STEPS)[number];
export type Verdict = 'working' | 'good' | 'slow' | 'bad' | 'skipped';
export interface StepResult {
  verdict: Verdict;
  ms?: number;
  /** Of the clock. */
  seconds?: number;
}

/** What the steps try; the browser's own, and a stand-in in tests. */
export interface Probes {
  hasNetwork: () => boolean;
  askServer: () => Promise<object>;
  askSession: () => Promise<Pick<Session, 'now'>>;
  /** Resolves with whether it is up, at once or when it has had its time to connect. */
  isLineUp: () => Promise<boolean>;
  askByLine: () => Promise<unknown>;
  now: () => number;
}

/** A person begins to wonder. */
export const SLOW_MS = 1_000;
/** Times on this page would mislead. */
const CLOCK_WRONG_S = 30;

/** Tries one after the other and tells each result; what a failed step makes senseless is skipped. */
export async function walkSteps(
  probes: Probes,
  tell: (step: Step, result: StepResult) => void,
): Promise<void> {
  const timed = async <T>(step: Step, ask: () => Promise<T>): Promise<T | undefined> => {
    tell(step, { verdict: 'working' });
    const begun = probes.now();
    try {
      const answer = await ask();
      const ms = Math.round(probes.now() - begun);
      tell(step, { verdict: ms > SLOW_MS ? 'slow' : 'good', ms });
      return answer;
    } catch {
      tell(step, { verdict: 'bad', ms: Math.round(probes.now() - begun) });
      return undefined;
    }
  };
  const skip = (...steps: Step[]) => {
    for (const step of steps) tell(step, { verdict: 'skipped' });
  };

  // Some systems have no network by their own word and one in truth: the server has the last word.
  tell('network', { verdict: probes.hasNetwork() ? 'good' : 'bad' });
  if ((await timed('server', probes.askServer)) === undefined)
    return skip('session', 'clock', 'line', 'roundTrip');
  const session = await timed('session', probes.askSession);
  if (session === undefined) return skip('clock', 'line', 'roundTrip');
  const seconds = Math.round(Math.abs(Date.parse(session.now) - probes.now()) / 1_000);
  tell('clock', { verdict: seconds > CLOCK_WRONG_S ? 'bad' : 'good', seconds });
  tell('line', { verdict: 'working' });
  if (!(await probes.isLineUp())) {
    tell('line', { verdict: 'bad' });
    return skip('roundTrip');
  }
  tell('line', { verdict: 'good' });
  await timed('roundTrip', probes.askByLine);
}
