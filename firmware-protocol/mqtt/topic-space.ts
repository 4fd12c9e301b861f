import type { KeySet } from '../content/key-set.ts';
import { ROOT } from './topic-row.ts';

/** Below which topics a server and its halls and people meet. The catalogue is written in those of the live one. */
export interface TopicSpace {
  readonly training: boolean;
  /** A topic or filter of the catalogue -> the one on the wire. Throws TypeError for one that is not of the catalogue. */
  wire(topic: string): string;
  /** One from the wire -> that of the catalogue; undefined = of another space, or none of ours. */
  inner(topic: string): string | undefined;
}

const TRAINING_ROOT = 'prakat-training/v1';
/** Ids of the keys and roots of a training server begin so, and of no other. */
export const TRAINING_KEYS = 'training-';

export const LIVE: TopicSpace = spaceBelow(ROOT, false);
/** People learn here. No topic of it is heard by a live hall, and none of a live server is heard here. */
export const TRAINING: TopicSpace = spaceBelow(TRAINING_ROOT, true);

export function isTrainingKey(id: string): boolean {
  return id.startsWith(TRAINING_KEYS);
}

/** Whoever trusts training roots meets in the training space, whatever a configuration says; a mixture is neither. */
export function spaceOfKeys({ roots, keys }: Pick<KeySet, 'roots' | 'keys'>): TopicSpace | undefined {
  const ids = [...roots, ...keys].map(({ id }) => id);
  if (ids.every(isTrainingKey)) return TRAINING;
  return ids.some(isTrainingKey) ? undefined : LIVE;
}

function spaceBelow(root: string, training: boolean): TopicSpace {
  return {
    training,
    wire(topic) {
      if (!topic.startsWith(`${ROOT}/`)) throw new TypeError(`${topic} is no topic of the catalogue`);
      return `${root}${topic.slice(ROOT.length)}`;
    },
    inner: (topic) => (topic.startsWith(`${root}/`) ? `${ROOT}${topic.slice(root.length)}` : undefined),
  };
}
