import type { Tables } from '../../tables.ts';
import { alertTable } from './alerts.ts';
import { heldTable } from './approvals.ts';
import { auditTable } from './audit.ts';
import type { Connection } from './connection.ts';
import { keyTable, mediaTable, pictureTable, programmeTable, speechTable } from './content.ts';
import { deliveryTable } from './deliveries.ts';
import { codeTable, deviceTable } from './devices.ts';
import { healthTable } from './health.ts';
import { templateTable } from './library.ts';
import { orderTable } from './orders.ts';
import { passkeyTable } from './passkeys.ts';
import { operatorTable } from './people.ts';
import { groupTable, standingTable, villageTable } from './places.ts';
import { calendarTable, draftTable } from './plans.ts';
import { reportTable } from './reports.ts';
import { sessionTable } from './sessions.ts';
import { troubleTable } from './troubles.ts';
import { removedFiles, uploadTable } from './uploads.ts';

/** All tables on one connection, or inside one transaction. */
export function tablesOn(connection: Connection): Tables {
  return {
    operators: operatorTable(connection),
    sessions: sessionTable(connection),
    passkeys: passkeyTable(connection),
    devices: deviceTable(connection),
    codes: codeTable(connection),
    orders: orderTable(connection),
    deliveries: deliveryTable(connection),
    reports: reportTable(connection),
    health: healthTable(connection),
    media: mediaTable(connection),
    pictures: pictureTable(connection),
    speech: speechTable(connection),
    programmes: programmeTable(connection),
    keys: keyTable(connection),
    audit: auditTable(connection),
    held: heldTable(connection),
    villages: villageTable(connection),
    drafts: draftTable(connection),
    calendars: calendarTable(connection),
    groups: groupTable(connection),
    standings: standingTable(connection),
    alerts: alertTable(connection),
    templates: templateTable(connection),
    troubles: troubleTable(connection),
    uploads: uploadTable(connection),
    removed: removedFiles(connection),
  };
}
