import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { Here } from '../orders/here.ts';
import type { Playout } from '../playout/play.ts';
import type { ProgrammeKeeper } from '../programme/programme-keeper.ts';
import type { OutputUnit } from './parts.ts';

/** Codes that a phone shows at once; `DeviceState` allows no more. */
const WARNINGS_SHOWN = 64;

export interface StateNeeds {
  version: string;
  boot: number;
  here: () => Here;
  keyring: Keyring;
  keeper: ProgrammeKeeper;
  playout: Playout;
  units: OutputUnit[];
  warnings: Warnings;
  laws: SiteLaws;
  /** Absent: this agent does not replace itself. */
  update?: DeviceState['update'];
}

/** What the device is doing, as the server keeps it: made anew each time, published when it differs. */
export function stateOf({ version, boot, here, keyring, keeper, playout, ...rest }: StateNeeds): DeviceState {
  const { village, trust, bootNonce } = here();
  const now = playout.now();
  const outputs: DeviceState['outputs'] = {};
  for (const output of OUTPUTS) {
    const unit = rest.units.find(({ performer }) => performer?.output === output);
    if (unit?.performer === undefined) continue;
    const works = unit.works?.() ?? unit.performer.works();
    outputs[output] = { works, ...playing(now, output) };
  }
  return {
    boot,
    version,
    village,
    trust,
    boot_nonce: bootNonce,
    keys: keyring.version,
    programmes: keeper.programmes.map(({ area, version }) => ({ area, version })),
    outputs,
    ...signOf(rest.units),
    warnings: rest.warnings.codes().slice(0, WARNINGS_SHOWN),
    laws: rest.laws,
    ...(rest.update && { update: rest.update }),
  };
}

/** For what screens are made in this hall. */
function signOf(units: OutputUnit[]): Pick<DeviceState, 'sign'> {
  const view = units.find((unit) => unit.view !== undefined)?.view;
  return view === undefined ? {} : { sign: view.face };
}

function playing(now: ReturnType<Playout['now']>, output: Output): { play?: string; title?: string } {
  const current = now[output];
  return current === undefined ? {} : { play: current.play, title: current.title };
}
