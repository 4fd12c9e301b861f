import { type CapTime, capTime } from './cap-time.ts';

/** One message as others name it (CAP 3.2.1, references). */
export interface Reference {
  sender: string;
  identifier: string;
  sent: CapTime;
}

/** `sender,identifier,sent …` -> the messages named, and the words that name none. */
export function referencesOf(text: string): { named: Reference[]; wrong: string[] } {
  const named: Reference[] = [];
  const wrong: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const [sender = '', identifier = '', sent = '', ...more] = word.split(',');
    const time = capTime(sent);
    if (sender === '' || identifier === '' || time === undefined || more.length > 0) wrong.push(word);
    else named.push({ sender, identifier, sent: time });
  }
  return { named, wrong };
}

/** The same message: its time may be written with another offset. */
export function isSameMessage(one: Reference, other: Reference): boolean {
  return one.sender === other.sender && one.identifier === other.identifier && one.sent.ms === other.sent.ms;
}

export function written({ sender, identifier, sent }: Reference): string {
  return `${sender},${identifier},${sent.text}`;
}
