import type { SignConfig } from '../config/sign.ts';
import type { DeviceError } from '../errors.ts';
import { lampOrder, pictureSize } from '../panel/geometry/sign-geometry.ts';
import type { Clock, Log } from '../ports.ts';
import type { ByteLine, Depth, Panel } from '../sign-ports.ts';
import { AlphaPanel } from './alpha/alpha-panel.ts';
import { encodeAdalight } from './lamp-stream/adalight.ts';
import { LampStreamPanel } from './lamp-stream/lamp-stream-panel.ts';
import { encodeTpm2 } from './lamp-stream/tpm2.ts';
import { NovastarPanel } from './novastar/novastar-panel.ts';
import { ONBON_MODELS } from './onbon/onbon-models.ts';
import { type OnbonCard, OnbonPanel } from './onbon/onbon-panel.ts';
import type { SignSize } from './sign-page.ts';

export interface SignParts {
  clock: Clock;
  log: Log;
  openLine: (spec: string) => ByteLine;
  openFolder: (options: { folder: string; size: SignSize; depth: Depth; keep: number }) => Panel;
}

/** A sign and the knowledge whether it is there. */
export interface OpenedSign {
  panel: Panel;
  start(): void;
  stop(): Promise<void>;
  /** `panel-gone`, `panel-silent`; undefined = nothing is known against it. */
  whyNot(): DeviceError | undefined;
  /** Calls whenever `whyNot` changes; returns the way to end that. */
  onChange(call: () => void): () => void;
}

/** The sign that a configuration names, not yet started. */
export function openSign(config: SignConfig, { clock, log, openLine, openFolder }: SignParts): OpenedSign {
  if (config.type === 'png') return alwaysThere(openFolder(config));
  const panel = linkedPanel(config, { clock, log, line: openLine(config.line) });
  const { link } = panel;
  return {
    panel,
    start: () => link.start(),
    stop: () => link.stop(),
    whyNot: () => link.whyNot(),
    onChange: (call) => link.onChange(call),
  };
}

interface LinkParts {
  line: ByteLine;
  clock: Clock;
  log: Log;
}

function linkedPanel(config: Exclude<SignConfig, { type: 'png' }>, parts: LinkParts) {
  switch (config.type) {
    case 'adalight':
    case 'tpm2': {
      const { geometry, gamma, answers } = config;
      const encode = config.type === 'adalight' ? encodeAdalight : encodeTpm2;
      const order = lampOrder(geometry);
      return new LampStreamPanel(parts, { size: pictureSize(geometry), order, encode, gamma, answers });
    }
    case 'alpha':
      return new AlphaPanel(parts, { ...config, type: config.sign });
    case 'onbon':
      return new OnbonPanel(parts, { ...config, card: onbonCard(config) });
    case 'novastar':
      return new NovastarPanel(parts, { size: config.size, port: config.port - 1 });
  }
}

function onbonCard({ model, colours }: Extract<SignConfig, { type: 'onbon' }>): OnbonCard {
  const found = ONBON_MODELS.find(({ name }) => name === model);
  if (found === undefined) throw new Error(`a model that is in no table: ${model}`);
  const { series, device } = found;
  return series === 'bx-5k' ? { series, device } : { series, device, colours };
}

function alwaysThere(panel: Panel): OpenedSign {
  return {
    panel,
    start: () => {},
    stop: async () => {},
    whyNot: () => undefined,
    onChange: () => () => {},
  };
}
