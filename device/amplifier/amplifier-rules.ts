/** What a technician wrote down about an amplifier that can be switched. */
export interface AmplifierRules {
  /** Power stays on for so long after the last sample. */
  tailMs: number;
  /** The longest that it may stay on at a stretch; alerts and ceremonies pass. */
  maxOnMs: number;
  /** At most so long on in any so long; absent = it needs no rest. */
  rest?: { onMs: number; withinMs: number };
  /** Below it nothing flows. */
  noCurrentMa: number;
  hotC: number;
}
