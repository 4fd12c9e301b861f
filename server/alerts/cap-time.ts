/** A time as CAP writes it, and the instant that it names. */
export interface CapTime {
  text: string;
  /** Milliseconds since 1970. */
  ms: number;
}

/** The pattern of the schema without its comma, which the schema lets through as an offset by mistake (CAP 3.3.2). */
const FORM = /^[ \t\r\n]*((\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})([-+])(\d{2}):(\d{2}))[ \t\r\n]*$/;
/** XML Schema part 2, 3.2.7.3: offsets reach 14 hours. */
const MOST_OFFSET_MINUTES = 14 * 60;
const DAY_MS = 86_400_000;

/** `2026-11-26T14:30:00+07:00`: no fraction, no `Z`; UTC is `-00:00`. Blanks of XML around it are no part of it. */
export function capTime(written: string): CapTime | undefined {
  const [
    ,
    text = '',
    day = '',
    hours = '',
    minutes = '',
    seconds = '',
    sign,
    offsetHours = '',
    offsetMinutes = '',
  ] = FORM.exec(written) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined;
  // Year 0 is none (XML Schema part 2, 3.2.7.1).
  if (day.startsWith('0000')) return undefined;
  const inDay = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  if (Number(minutes) > 59 || Number(seconds) > 59 || inDay > DAY_MS) return undefined;
  const offset = Number(offsetHours) * 60 + Number(offsetMinutes);
  if (Number(offsetMinutes) > 59 || offset > MOST_OFFSET_MINUTES) return undefined;
  return { text, ms: midnight + inDay - (sign === '-' ? -offset : offset) * 60_000 };
}

/** Milliseconds since 1970 -> Thai time as CAP writes it; what is below a second is cut. */
export function capTimeOf(ms: number): string {
  return `${new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}
