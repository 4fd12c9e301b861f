/** What aplay says on stderr when it has the device (`-v`), in bash: periods of 480 frames, 2,880 in the device. */
export const APLAY_READY =
  "printf 'Playing raw data\\nperiod_size  : 480\\nbuffer_size  : 2880\\nstart_threshold  : 960\\n' >&2";

/** In bash: takes so many periods of 480 frames from its standard input, and says so of each (`-V mono`). */
export function aplayTakes(periods: number): string {
  return `for ((n = 0; n < ${periods}; n += 1)); do head -c 960 >/dev/null; printf '\\r#+ | 09%%' >&2; done`;
}
