import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { Screen } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { isServerError, ServerError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { HallQuestions } from './hall-questions.ts';

export const SCREEN_LIMITS = {
  /** Whoever asks within it gets the answer that came last: a hall pays for its traffic. */
  keep_ms: 5_000,
  /** After another server asked: a hall tells one picture in two seconds. */
  again_ms: 2_500,
  /** Pictures kept so that halls need not send them again, of all halls; the one unasked for longest goes first. */
  keptBytes: 16 * 1024 * 1024,
} as const;

/** What a hall told, and when the server heard it, epoch ms. */
export interface TellsScreen {
  screen: Screen;
  heardAt: number;
}

interface Asked {
  told: Promise<TellsScreen>;
  /** Monotonic; undefined = the hall has not answered yet. */
  answeredAt: number | undefined;
}

interface Needs {
  halls: Pick<HallQuestions, 'ask'>;
  clock: Pick<Clock, 'wall' | 'monotonic' | 'after'>;
}

/** The pictures of the halls' signs: one question for all who ask in the same seconds. */
export class ScreenRoom {
  readonly #needs: Needs;
  readonly #asked = new Map<DeviceId, Asked>();
  readonly #kept = new Map<DeviceId, Screen>();
  #keptBytes = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Rejects as `HallQuestions.ask`, and `hall-unreadable`. */
  of(hall: { device: DeviceId; village: AreaCode }): Promise<TellsScreen> {
    this.#forgetOld();
    const open = this.#asked.get(hall.device);
    if (open !== undefined) return open.told;
    const told = this.#ask(hall);
    const asked: Asked = { told, answeredAt: undefined };
    const answered = () => {
      asked.answeredAt = this.#needs.clock.monotonic();
    };
    told.then(answered, answered);
    this.#asked.set(hall.device, asked);
    return told;
  }

  #forgetOld(): void {
    const until = this.#needs.clock.monotonic() - SCREEN_LIMITS.keep_ms;
    for (const [device, { answeredAt }] of this.#asked)
      if (answeredAt !== undefined && answeredAt <= until) this.#asked.delete(device);
  }

  async #ask(hall: { device: DeviceId; village: AreaCode }): Promise<TellsScreen> {
    const kept = this.#kept.get(hall.device);
    const answer = await this.#answerOf(hall, kept ? { have: kept.picture } : {});
    const read = Screen.safeParse(answer);
    if (!read.success) throw new ServerError('hall-unreadable', { cause: read.error });
    const screen = whole(read.data, kept);
    this.#keep(hall.device, screen);
    return { screen, heardAt: this.#needs.clock.wall() };
  }

  async #answerOf(hall: { device: DeviceId; village: AreaCode }, body: object): Promise<unknown> {
    const { halls, clock } = this.#needs;
    try {
      return await halls.ask(hall, 'screen', body);
    } catch (error) {
      if (!isServerError(error, 'hall-asked-lately')) throw error;
      await new Promise<void>((resolve) => clock.after(SCREEN_LIMITS.again_ms, resolve));
      return halls.ask(hall, 'screen', body);
    }
  }

  #keep(device: DeviceId, screen: Screen): void {
    const before = this.#kept.get(device);
    this.#kept.delete(device);
    this.#kept.set(device, screen);
    this.#keptBytes += bytesOf(screen) - (before === undefined ? 0 : bytesOf(before));
    for (const [oldest, dropped] of this.#kept) {
      if (this.#keptBytes <= SCREEN_LIMITS.keptBytes) break;
      this.#kept.delete(oldest);
      this.#keptBytes -= bytesOf(dropped);
    }
  }
}

/** With the pictures that the hall left out because they were here. Throws `hall-unreadable` where they are not. */
function whole(screen: Screen, kept: Screen | undefined): Screen {
  const same = kept?.picture === screen.picture ? kept : undefined;
  const png = screen.png ?? same?.png;
  if (png === undefined) throw new ServerError('hall-unreadable');
  const strip = screen.running?.png ?? same?.running?.png;
  return {
    ...screen,
    png,
    ...(screen.running && { running: { ...screen.running, ...(strip && { png: strip }) } }),
  };
}

function bytesOf({ png, running }: Screen): number {
  return (png?.length ?? 0) + (running?.png?.length ?? 0);
}
