/** The hours of a day, each with a line and a label. */
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
