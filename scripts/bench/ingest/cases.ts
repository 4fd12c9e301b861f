import type { BrokerMessage } from '../../../server/ports.ts';
import type { FloorTable } from './floor.ts';
import { afterAMonth, afterAMorning, type BenchHall, halls, healthMail, reportMail } from './mail.ts';

/** Halls that speak, a second of work and more, and for how many minutes they measure, once a minute. */
const HALLS = 6_000;
const MINUTES = 10;
/** Halls that come back together: all they send first is a third of the bytes that the inbox holds. */
const RETURNING = 300;

/** What is sent, and what of it is to be stored. */
export interface Case {
  name: string;
  table: FloorTable;
  speakers: BenchHall[];
  mail: { messages: BrokerMessage[]; rows: object[] }[];
}

/** A usual morning, the return of halls that were unplugged, and the measurements of every day. */
export function cases(): Case[] {
  const speakers = halls(HALLS);
  const back = speakers.slice(0, RETURNING);
  const minutes = Array.from({ length: MINUTES }, (_, minute) => healthMail(speakers, minute));
  return [
    { name: 'reports', table: 'reports', speakers, mail: [reportMail(speakers, afterAMorning)] },
    {
      name: 'reports of a return',
      table: 'reports',
      speakers: back,
      mail: [reportMail(back, afterAMonth)],
    },
    { name: 'health', table: 'health', speakers, mail: minutes },
  ];
}
