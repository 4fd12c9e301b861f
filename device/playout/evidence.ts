import type { PanelEvidence, TowerEvidence } from '../../firmware-protocol/content/report.ts';
import { addProof } from '../proof/evidence-sum.ts';
import type { Evidence, Item } from './arbiter-state.ts';
import type { Performed } from './play.ts';

/** Adds the stretch that was just performed to what is known of the earlier ones. */
export function addEvidence(before: Evidence, performed: Performed): Evidence {
  const tower = performed.tower === undefined ? before.tower : addTower(before.tower, performed.tower);
  const panel = performed.panel === undefined ? before.panel : addPanel(before.panel, performed.panel);
  return { ...(tower && { tower }), ...(panel && { panel }) };
}

/** Whether anything at all reached ears or eyes. */
export function wasPerformed(evidence: Evidence): boolean {
  return (evidence.tower?.frames ?? 0) > 0 || (evidence.panel?.pages ?? 0) > 0;
}

/** Once it was, it goes on where it was; before that its last moment counts, however often it was tried. */
export function wasHeardOrSeen({ begun }: Item): boolean {
  return begun !== undefined && wasPerformed(begun.evidence);
}

function addTower(before: TowerEvidence | undefined, now: TowerEvidence): TowerEvidence {
  if (before === undefined) return now;
  const peaks = [before.peak_cdbfs, now.peak_cdbfs].filter((peak) => peak !== undefined);
  return {
    ...now,
    frames: before.frames + now.frames,
    ms: before.ms + now.ms,
    ...(peaks.length > 0 && { peak_cdbfs: Math.max(...peaks) }),
    ...((before.gaps ?? now.gaps) !== undefined && { gaps: (before.gaps ?? 0) + (now.gaps ?? 0) }),
    ...addProof(before, now),
    // One stretch with a dead amplifier is worth knowing even if the next one was heard.
    amplifier: before.amplifier === 'failed' ? 'failed' : now.amplifier,
  };
}

function addPanel(before: PanelEvidence | undefined, now: PanelEvidence): PanelEvidence {
  if (before === undefined) return now;
  const leftOut = [...(before.left_out ?? []), ...(now.left_out ?? [])];
  return {
    ...now,
    pages: before.pages + now.pages,
    ms: before.ms + now.ms,
    // A picture that was missing in one stretch was not seen by all who passed, even if it came for the next.
    ...(leftOut.length > 0 && { left_out: leftOut.filter(isFirstOfItsPart) }),
  };
}

type LeftOut = NonNullable<PanelEvidence['left_out']>[number];

function isFirstOfItsPart({ page, part }: LeftOut, index: number, all: LeftOut[]): boolean {
  return all.findIndex((each) => each.page === page && each.part === part) === index;
}
