/** A colour of a lamp: red, green, blue, 0-255. */
export type Colour = readonly [red: number, green: number, blue: number];

export interface Size {
  width: number;
  height: number;
}

/** One line of text where it will stand. `left` is where the pen starts, `baseline` the first row below the letters. */
export interface PlacedLine {
  text: string;
  px: number;
  left: number;
  baseline: number;
  colour: Colour;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
  colour: Colour;
}

/** One picture of a sign, decided but not drawn. Boxes lie under the lines, in order. */
export interface ScreenLayout {
  boxes: Box[];
  lines: PlacedLine[];
  running?: Running;
}

/** A strip of text that runs through a window as high as it is (sign-ports Marquee). */
export interface Running {
  strip: ScreenLayout & Size;
  /** Left upper corner and width of the window. */
  left: number;
  top: number;
  width: number;
  pixelsPerSecond: number;
  gapColumns: number;
}
