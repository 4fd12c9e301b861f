/**
 * A value of a picture is not an amount of light: half of the values is a fifth of the light (sRGB, IEC 61966-2-1). A lamp
 * that is lit for half of the lamps around it gives half of the light, so mixing is done in light.
 */
export const LIGHT: Float32Array = Float32Array.from({ length: 256 }, (_, value) => lightOf(value / 255));

/** Share of the full light, 0-1, of an sRGB share 0-1. */
function lightOf(share: number): number {
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** The value 0-255 of a picture that gives a light of 0-1. */
export function shadeOf(light: number): number {
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));
}

/** What of a colour the eye takes as brightness (ITU-R BT.709, 3.2), of light. */
const LUMINANCE = { red: 0.2126, green: 0.7152, blue: 0.0722 } as const;

/** Light 0-1 of the pixel that begins at `at`. */
export function luminanceAt(pixels: Uint8Array, at: number): number {
  const { red, green, blue } = LUMINANCE;
  const light = (channel: number) => LIGHT[pixels[at + channel] ?? 0] ?? 0;
  return red * light(0) + green * light(1) + blue * light(2);
}
