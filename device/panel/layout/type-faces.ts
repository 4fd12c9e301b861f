export type Weight = 'Medium' | 'SemiBold' | 'Bold';

/** How letters of a size are drawn. */
export interface TypeFace {
  /** Least pixels of an em that it is used for. */
  fromPx: number;
  weight: Weight;
  /**
   * Drawn with shades at the edges, on lamps that have them. Smaller letters are hinted to whole lamps, lit or dark, at every depth:
   * with shades SARA II and SARA UEE, MAI EK and MAI CHATTAWA become alike below 24 px.
   */
  shades: boolean;
}

/** Of Noto Sans Thai, largest first. Which mark is told from which at each size is measured by test/integration/panel/marks. */
const TYPE_FACES: [TypeFace, ...TypeFace[]] = [
  { fromPx: 24, weight: 'SemiBold', shades: true },
  { fromPx: 16, weight: 'Bold', shades: false },
  // Its marks are drawn by us (low-marks.ts): the font's own merge.
  { fromPx: 0, weight: 'Medium', shades: false },
];

export function typeFaceOf(px: number): TypeFace {
  return TYPE_FACES.find(({ fromPx }) => px >= fromPx) ?? TYPE_FACES[0];
}
