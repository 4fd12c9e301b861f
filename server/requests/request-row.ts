import type { z } from 'zod';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { AnswerTo, REQUESTS, RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import type { AlertRoom } from '../alerts/alert-room.ts';
import type { ApprovalDesk } from '../approvals/approval-desk.ts';
import type { Proofs } from '../approvals/proofs.ts';
import type { Places } from '../areas/places.ts';
import type { VillageRegister } from '../areas/village-register.ts';
import type { Asker } from '../asker.ts';
import type { AuditBook } from '../audit/audit-book.ts';
import type { Carrier } from '../carry/carrier.ts';
import type { LibraryDesk } from '../content/library-desk.ts';
import type { MediaTable, PictureTable } from '../content/media-tables.ts';
import type { Dispatch } from '../dispatch/dispatch-port.ts';
import type { HallFinder } from '../fleet/hall-finder.ts';
import type { RollUp } from '../fleet/roll-up.ts';
import type { ScreenRoom } from '../fleet/screen-room.ts';
import type { TroubleTable } from '../fleet/trouble-records.ts';
import type { HealthTable } from '../health-table.ts';
import type { Passkeys } from '../operators/passkeys.ts';
import type { Right } from '../operators/rights.ts';
import type { Clock, Door, Enrolment, Fleet, Operators } from '../ports.ts';
import type { ReadIcalLine } from '../programme/ical/components.ts';
import type { PlanOffice } from '../programme/plan-office.ts';
import type { ProgrammeOffice } from '../programme/programme-office.ts';
import type { PreviewRoom } from '../signs/preview-room.ts';
import type { SignCounts } from '../signs/sign-counts.ts';
import type { SpeechDesk } from '../speech/speech-desk.ts';
import type { Database, ReportTable } from '../tables.ts';
import type { KeptHearings } from './kept-hearings.ts';

/** What a province plans with: its villages and its calendar. */
export interface ProvinceRooms {
  db: Pick<
    Database,
    'villages' | 'groups' | 'standings' | 'devices' | 'drafts' | 'calendars' | 'programmes' | 'templates'
  >;
  villages: Pick<VillageRegister, 'within' | 'pages' | 'take'>;
  plans: Pick<PlanOffice, 'published' | 'earlier' | 'prospect' | 'refresh' | 'shelf'>;
  readIcalLine: ReadIcalLine;
}

/** The rooms of the server that requests walk into. */
export interface RequestNeeds {
  places: Places;
  fleet: Fleet;
  rollUp: Pick<RollUp, 'of' | 'told' | 'partsOf' | 'hall' | 'halls'>;
  finder: Pick<HallFinder, 'find' | 'nameOf'>;
  dispatch: Pick<Dispatch, 'send' | 'sendPreparedEnd' | 'progress' | 'hurry' | 'order' | 'recent' | 'ended'>;
  enrolment: Pick<Enrolment, 'createCode'>;
  programmes: Pick<ProgrammeOffice, 'current' | 'within'>;
  media: Pick<MediaTable, 'get'>;
  pictures: Pick<PictureTable, 'get'>;
  desk: Pick<LibraryDesk, 'uses' | 'page' | 'change' | 'remove'>;
  speech: Pick<SpeechDesk, 'say'>;
  reports: Pick<ReportTable, 'list'>;
  health: Pick<HealthTable, 'thinned'>;
  troubles: TroubleTable;
  screens: Pick<ScreenRoom, 'of'>;
  previews: Pick<PreviewRoom, 'paint'>;
  signCounts: Pick<SignCounts, 'of'>;
  hearings: Pick<KeptHearings, 'find' | 'keep'>;
  province: ProvinceRooms;
  carrier: Pick<Carrier, 'page' | 'take'>;
  audit: Pick<AuditBook, 'head' | 'lines' | 'recorded' | 'recordedWith' | 'write'>;
  clock: Pick<Clock, 'wall'>;
  approvals: Pick<
    ApprovalDesk,
    | 'submit'
    | 'submitProgramme'
    | 'needsOfOrder'
    | 'weigh'
    | 'get'
    | 'list'
    | 'approve'
    | 'refuse'
    | 'stepUp'
    | 'isAlone'
  >;
  people: Pick<Operators, 'list' | 'identity' | 'create' | 'change' | 'renewCode' | 'close'>;
  proofs: Pick<Proofs, 'make' | 'use'>;
  passkeys: Pick<Passkeys, 'site' | 'of' | 'challenge' | 'add' | 'remove' | 'proves'>;
  door: Pick<Door, 'open'>;
  keySet: () => KeySet;
  newOrderId: () => string;
  alerts: Pick<AlertRoom, 'desk' | 'sender' | 'mediaUrl'>;
}

export type ParsedRequest<N extends RequestName> = z.output<(typeof REQUESTS)[N]['request']>;

/** One request: who may ask it, and what is done. `handle` rejects with ServerError. */
export interface RequestRow<N extends RequestName> {
  schema: z.ZodType<ParsedRequest<N>>;
  right: (request: ParsedRequest<N>) => Right;
  /** It is not held up by the audit: `handle` stores what lasts or leaves `with` `asker.asked`, or after that is `written`. */
  urgent?: true;
  /** Of a request that only reads: it belongs to an emergency, and is not held back with what others read. */
  pressing?: true;
  handle: (asker: Asker, request: ParsedRequest<N>, needs: RequestNeeds) => Promise<AnswerTo<N>>;
}
