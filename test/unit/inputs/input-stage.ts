import { DeviceError } from '../../../device/errors.ts';
import { type WarningChange, Warnings } from '../../../device/health/warnings.ts';
import { type InputHardware, LiveInput } from '../../../device/inputs/live-input.ts';
import type { Play, Playout } from '../../../device/playout/play.ts';
import { createPlayout } from '../../../device/playout/playout.ts';
import { type Contact, type Ear, type Recorder, SAMPLE_RATE_HZ } from '../../../device/sound-ports.ts';
import { BANDS } from '../../../firmware-protocol/content/band.ts';
import type { EndedEvent } from '../../../firmware-protocol/content/report.ts';
import type { WarningCode } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';
import { MemoryJournal } from '../playout/stage.ts';
import { setTowerStage, type TowerStage } from '../tower/tower-stage.ts';

const PERIOD_MS = 10;

/** Ears on a given clock: every 10 ms as much of one value, so that whoever hears it knows where it came from. */
class FakeRecorder implements Recorder {
  readonly source = 'fake';
  /** What somebody says now; 0 = nobody speaks. */
  value = 0;
  isUnplugged = false;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  async open(): Promise<Ear> {
    if (this.isUnplugged) throw new DeviceError('no-sound-device', { why: 'gone' });
    let isClosed = false;
    let wake = () => {};
    return {
      hear: async () => {
        await new Promise<void>((resolve) => {
          wake = resolve;
          this.#clock.after(PERIOD_MS, resolve);
        });
        if (isClosed) return undefined;
        if (this.isUnplugged) throw new DeviceError('recorder-failed', { why: 'gone' });
        return new Int16Array((PERIOD_MS * SAMPLE_RATE_HZ) / 1_000).fill(this.value);
      },
      close: async () => {
        isClosed = true;
        wake();
      },
    };
  }
}

export class FakeContact implements Contact {
  #closed: boolean | undefined = false;
  readonly #calls = new Set<() => void>();
  closed = () => this.#closed;
  start() {}
  async stop() {}

  onChange(call: () => void): () => void {
    this.#calls.add(call);
    return () => void this.#calls.delete(call);
  }

  set(closed: boolean | undefined): void {
    this.#closed = closed;
    for (const call of this.#calls) call();
  }
}

export interface HallOfInputs extends TowerStage {
  playout: Playout;
  journal: MemoryJournal;
  warned: WarningChange[];
  submit: (play: Play) => void;
  microphone: HeardInput;
  relay: HeardInput;
  ends: () => EndedEvent[];
  close: () => Promise<void>;
}

export interface HeardInput {
  recorder: FakeRecorder;
  contact: FakeContact;
  input: LiveInput;
}

/** Values that each input's samples have while it is keyed: above all that the tones of the decoder have. */
export const VALUES = { microphone: 11_111, relay: 12_222 } as const;

/** A tower with a playout, a microphone and a receiver, both with a contact, all on one virtual clock. */
export function setInputStage(options: { maxTalkMs?: number } = {}): HallOfInputs {
  const stage = setTowerStage();
  const { clock, tower } = stage;
  const journal = new MemoryJournal();
  const parts = { journal, store: journal.store, boot: 7, clock, log: silentLog };
  const playout = createPlayout({ ...parts, performers: [tower] });
  const warned: WarningChange[] = [];
  const warnings = new Warnings((change) => warned.push(change));
  const accept = async (play: Play) => {
    await journal.record([{ type: 'accepted', play: play.id, kind: 'live', outputs: play.outputs }]);
    playout.submit(play);
  };
  const heard = (name: InputHardware['name'], title: string): HeardInput => {
    const recorder = new FakeRecorder(clock);
    const contact = new FakeContact();
    const hardware: InputHardware = {
      ...{ name, title, recorder, contact, gainDb: 0, band: BANDS[name] },
      carrier: { openDbfs: -38, closeDbfs: -46, attackMs: 80, hangMs: 2_000 },
      maxTalkMs: options.maxTalkMs ?? 60_000,
    };
    const input = new LiveInput({ hardware, accept, playout, clock, warnings, log: silentLog });
    input.start();
    return { recorder, contact, input };
  };
  const microphone = heard('microphone', 'ไมโครโฟนประจำหมู่บ้าน');
  const relay = heard('relay', 'วิทยุข่าย');
  return {
    ...{ ...stage, journal, playout, warned, microphone, relay },
    submit: (play) => playout.submit(play),
    ends: () => journal.ends(),
    async close() {
      await Promise.all([microphone.input.stop(), relay.input.stop()]);
      await playout.close();
    },
  };
}

/** Somebody presses the key and speaks, or lets go. */
export function key({ recorder, contact }: HeardInput, value: number): void {
  recorder.value = value;
  contact.set(value !== 0);
}

export function raised(warned: WarningChange[], code: WarningCode): boolean[] {
  return warned.filter((change) => change.code === code).map((change) => change.raised);
}
