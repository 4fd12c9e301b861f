/** Names of Noto Sans Thai, as the font engine knows them. */
export type Style = 'SemiBold' | 'Bold' | 'Looped SemiBold';

/** How letters of a size are drawn. */
export interface TypeFace {
  /** Least pixels of an em that it is used for. */
  fromPx: number;
  style: Style;
  /**
   * Drawn with shades at the edges, on lamps that have them. Smaller letters are hinted to whole lamps, lit or dark, at every depth:
   * with shades SARA II and SARA UEE, MAI EK and MAI CHATTAWA become alike below 24 px.
   */
  shades: boolean;
}

/** Of Noto Sans Thai, largest first. Which mark is told from which at each size is measured by test/integration/panel/marks. */
const TYPE_FACES: [TypeFace, ...TypeFace[]] = [
  { fromPx: 24, style: 'SemiBold', shades: true },
  { fromPx: 16, style: 'Bold', shades: false },
  // With loops, for without them SO SALA is KHO KHWAI and CHO CHING is O ANG in 7 rows. Its marks are ours (low-marks.ts).
  { fromPx: 0, style: 'Looped SemiBold', shades: false },
];

export function typeFaceOf(px: number): TypeFace {
  return TYPE_FACES.find(({ fromPx }) => px >= fromPx) ?? TYPE_FACES[0];
}
