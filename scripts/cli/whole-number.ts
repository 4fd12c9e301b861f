import { Misused } from '../cli.ts';

/** Reads the value of `option` as a whole number within bounds. Throws Misused. */
export function wholeNumber(option: string, from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= from && value <= to) return value;
    throw new Misused({
      en: `${option} is a whole number from ${from} to ${to}`,
      th: `${option} ต้องเป็นจำนวนเต็มตั้งแต่ ${from} ถึง ${to}`,
    });
  };
}
