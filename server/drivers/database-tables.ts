import type { Tables } from '../tables.ts';
import { alertTable } from './database-alerts.ts';
import { heldTable } from './database-approvals.ts';
import { auditTable } from './database-audit.ts';
import type { Connection } from './database-connection.ts';
import { keyTable, mediaTable, pictureTable, programmeTable, speechTable } from './database-content.ts';
import { deliveryTable } from './database-deliveries.ts';
import { codeTable, deviceTable } from './database-devices.ts';
import { healthTable } from './database-health.ts';
import { templateTable } from './database-library.ts';
import { orderTable } from './database-orders.ts';
import { passkeyTable } from './database-passkeys.ts';
import { operatorTable } from './database-people.ts';
import { groupTable, standingTable, villageTable } from './database-places.ts';
import { calendarTable, draftTable } from './database-plans.ts';
import { reportTable } from './database-reports.ts';
import { sessionTable } from './database-sessions.ts';
import { troubleTable } from './database-troubles.ts';
import { removedFiles, uploadTable } from './database-uploads.ts';

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
