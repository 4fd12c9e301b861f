import type { Target } from '../../firmware-protocol/content/area.ts';
import { type PreviewAnswer, PreviewFace } from '../../firmware-protocol/mqtt/sign-requests.ts';
import type { SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';
import type { RequestNeeds } from './request-row.ts';

/** Of the kinds of signs that halls have, so many are painted unless others are named. */
const FACES_PAINTED = 4;
/** What most villages have; for who has not said whom it is meant for. */
const USUAL: SignFace = { width: 128, height: 64, depth: 'rgb565', marquee: false };

/** The signs to be painted for, and how the halls that are meant divide among them. */
export interface MeantFaces {
  faces: { face: SignFace; halls?: number }[];
  halls?: NonNullable<PreviewAnswer['halls']>;
}

export async function meantFaces(
  named: SignFace[] | undefined,
  to: Target[] | undefined,
  { signCounts }: Pick<RequestNeeds, 'signCounts'>,
): Promise<MeantFaces> {
  if (to === undefined) return { faces: (named ?? [USUAL]).map((face) => ({ face })) };
  const { signs, outputs } = await signCounts.of(to);
  const told = signs.flatMap(({ face, devices }) => (face === undefined ? [] : [{ face, halls: devices }]));
  const faces = named?.map((face) => ({ face, halls: hallsWith(face, told) })) ?? mostFrequent(told);
  const painted = sum(faces.map(({ halls = 0 }) => halls));
  const all = sum(signs.map(({ devices }) => devices));
  const known = sum(told.map(({ halls }) => halls));
  const without = sum(
    outputs.filter((each) => each.outputs?.includes('panel') === false).map(({ devices }) => devices),
  );
  const halls = { painted, others: known - painted, without, untold: Math.max(0, all - known - without) };
  return { faces: faces.length > 0 ? faces : [{ face: USUAL, halls: 0 }], halls };
}

function mostFrequent(told: { face: SignFace; halls: number }[]): { face: SignFace; halls: number }[] {
  return told.filter(({ face }) => PreviewFace.safeParse(face).success).slice(0, FACES_PAINTED);
}

function hallsWith(face: SignFace, told: { face: SignFace; halls: number }[]): number {
  const same = (other: SignFace) =>
    other.width === face.width &&
    other.height === face.height &&
    other.depth === face.depth &&
    other.marquee === face.marquee &&
    other.strip_pixels === face.strip_pixels;
  return sum(told.filter((each) => same(each.face)).map(({ halls }) => halls));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
