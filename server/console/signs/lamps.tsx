import './signs.css';

interface Props {
  /** Base64, one pixel a lamp. */
  png: string;
  width: number;
  height: number;
  alt: string;
}

/** The lamps of a sign: each pixel enlarged without being smoothed, on the black of the board. */
export const Lamps = ({ png, width, height, alt }: Props) => (
  <img
    className="lamps"
    src={`data:image/png;base64,${png}`}
    width={width}
    height={height}
    alt={alt}
    style={{ maxWidth: width * ENLARGED, aspectRatio: `${width} / ${height}` }}
  />
);

/** Screen pixels a lamp, at most: larger than this nobody reads it better. */
const ENLARGED = 3;
