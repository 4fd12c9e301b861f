const DIGITS = ['ศูนย์', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า'] as const;
const PLACES = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน'] as const;
const MILLION_PLACES = 6;

/**
 * A whole number as it is read in Thai: `21` -> `ยี่สิบเอ็ด`, `101` -> `หนึ่งร้อยเอ็ด`, `2569` -> `สองพันห้าร้อยหกสิบเก้า`.
 * The last one of a longer number is เอ็ด, two tens are ยี่สิบ, and millions begin anew (Royal Society, การอ่านตัวเลข).
 * @param digits of 0-9, at most 18; leading zeros are not read.
 */
export function thaiNumber(digits: string): string {
  const plain = digits.replace(/^0+(?=\d)/, '');
  return plain === '0' ? DIGITS[0] : readLong(plain, false);
}

function readLong(digits: string, hasHigher: boolean): string {
  if (digits.length <= MILLION_PLACES) return readShort(digits, hasHigher);
  const cut = digits.length - MILLION_PLACES;
  return `${readLong(digits.slice(0, cut), hasHigher)}ล้าน${readShort(digits.slice(cut), true)}`;
}

/** Up to six digits; zeros are silent. */
function readShort(digits: string, hasHigher: boolean): string {
  return [...digits]
    .map((digit, at) => {
      const place = digits.length - 1 - at;
      const isFirst = !hasHigher && [...digits.slice(0, at)].every((before) => before === '0');
      return readDigit(Number(digit), place, isFirst);
    })
    .join('');
}

function readDigit(digit: number, place: number, isFirst: boolean): string {
  if (digit === 0) return '';
  if (place === 0) return digit === 1 && !isFirst ? 'เอ็ด' : (DIGITS[digit] ?? '');
  if (place === 1 && digit === 1) return 'สิบ';
  if (place === 1 && digit === 2) return 'ยี่สิบ';
  return `${DIGITS[digit]}${PLACES[place]}`;
}

/** Digit by digit, as telephone numbers are: `1441` -> `หนึ่งสี่สี่หนึ่ง`. Anything but digits is left out. */
export function thaiDigits(digits: string): string {
  return [...digits].map((digit) => DIGITS[Number(digit)] ?? '').join('');
}
