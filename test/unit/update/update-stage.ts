import { DeviceError } from '../../../device/errors.ts';
import type { Refused, Verdict } from '../../../device/keys/document.ts';
import type { Here } from '../../../device/orders/here.ts';
import type { Busy } from '../../../device/update/quiet-moment.ts';
import type { UpdateStatus } from '../../../device/update/update-status.ts';
import { Updater } from '../../../device/update/updater.ts';
import type { FileSource, Launched, SlotName, SlotState, Slots } from '../../../device/update-ports.ts';
import type { Release } from '../../../firmware-protocol/content/release.ts';
import { writeManifest } from '../../../firmware-protocol/content/release-manifest.ts';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { bytesOf, keySet, NOW, VILLAGE } from './releases.ts';

export const KEYS = keySet();

/** What outlives a restart: the store's facts, the slots, what was reported. */
export class Box {
  readonly facts = new Map<string, string>();
  readonly events: ReportEvent[] = [];
  readonly refused: Refused[] = [];
  readonly warnings = new Set<string>();
  readonly clock = new VirtualClock(NOW);
  readonly fetched: string[] = [];
  state: SlotState = { current: 'base', floor: undefined, held: {}, returned: undefined };
  trial: SlotName | undefined;
  keys = KEYS;
  trust: Here['trust'] = 'server';
  /** What the world does. */
  busy: Busy | undefined;
  outputs = ['tower', 'panel'];
  storeWorks = true;
  serverThere = true;
  whenTried = () => {};
  manifest = writeManifest({
    version: '0.2.0',
    architecture: 'amd64',
    files: [{ path: 'dist/device.cjs', sha256: 'cd'.repeat(32), bytes: 3, executable: false }],
  });

  updates(): string[] {
    return this.events.flatMap((event) =>
      event.type === 'update'
        ? [[event.phase, event.version, event.reason].filter((word) => word !== undefined).join(' ')]
        : [],
    );
  }
}

/** One start of an agent of `version` on the box. */
export class Run {
  readonly updater: Updater;
  restarts = 0;
  readonly #box: Box;

  constructor(box: Box, version: string, launched: Launched) {
    this.#box = box;
    const here = (): Here => ({
      device: 'nongkhai-sao-lao',
      village: VILLAGE,
      keys: box.keys,
      now: box.clock.wall(),
      trust: box.trust,
      bootNonce: 'nonce',
    });
    this.updater = new Updater({
      ...{ version, here, clock: box.clock, log: silentLog },
      architecture: 'amd64',
      slots: this.#slots(launched),
      store: {
        fact: async (name) => box.facts.get(name),
        commit: async ({ facts = {} }) => {
          if (!box.storeWorks) throw new DeviceError('store-failed');
          for (const [name, value] of Object.entries(facts)) box.facts.set(name, value);
        },
      },
      journal: { record: async (events) => void box.events.push(...events) },
      warnings: {
        raise: (code) => void box.warnings.add(code),
        clear: (code) => void box.warnings.delete(code),
      },
      refuse: (refused) => void box.refused.push(refused),
      fetch: async (sha256) => {
        box.fetched.push(sha256);
        if (!box.serverThere) throw new DeviceError('media-unreachable');
        return sha256;
      },
      held: async () => undefined,
      read: async () => box.manifest,
      whyNotNow: async () => box.busy,
      outputs: () => box.outputs,
      linked: () => true,
      restart: () => {
        this.restarts += 1;
      },
    });
  }

  /** From now on for so long. */
  async live(ms: number): Promise<void> {
    await this.#box.clock.runTo(this.#box.clock.monotonic() + ms);
  }

  take(document: Release): Promise<Verdict> {
    return this.updater.take({ payload: bytesOf(document), area: document.area });
  }

  step(): UpdateStatus['step'] {
    return this.updater.status().step;
  }

  #slots(launched: Launched): Slots {
    const box = this.#box;
    return {
      launched,
      state: async () => ({ ...box.state }),
      find: async () => undefined,
      fill: async (version: string, { sha256 }: { sha256: string }, from: FileSource) => {
        await from({ path: 'dist/device.cjs', sha256: 'cd'.repeat(32), bytes: 3 });
        box.state.held = { ...box.state.held, a: { manifest: sha256, version } };
        return 'a';
      },
      tryOut: async (slot) => {
        box.trial = slot;
        box.whenTried();
      },
      confirm: async (version) => {
        box.state = { ...box.state, current: launched.slot, floor: version };
        box.trial = undefined;
      },
      giveBack: async () => {
        box.trial = undefined;
      },
      settled: async (told) => {
        if (told) box.state = { ...box.state, returned: undefined };
      },
    };
  }
}
