import type { Amplifier } from '../../sound-ports.ts';

/** A hall whose amplifier switches itself on with sound, or is always on: nothing to switch, nothing known. */
export class NoAmplifier implements Amplifier {
  readonly senses = false;

  async on(): Promise<void> {}

  async off(): Promise<void> {}
}
