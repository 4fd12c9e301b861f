import { UPLOAD_LIMITS } from './media.ts';
import { PICTURE_UPLOAD_LIMITS } from './picture.ts';

const KIB = 1024;
/** Far above a code, a key or a password; what anybody may make the server read. */
const STRANGERS_BYTES = 16 * KIB;

export interface RouteRow {
  method: 'GET' | 'POST' | 'DELETE';
  /** With `{sha256}` and `{what}`. */
  path: string;
  /** Who asks the server. */
  from: 'device' | 'operator' | 'device or operator' | 'new device' | 'new operator';
  /**
   * How it shows who it is: HTTP Basic with the credentials of the broker, for people also the cookie of a session; or in the
   * body a one-time code, or name and password. `none`: what anybody may know.
   */
  proof: 'basic' | 'code' | 'password' | 'none';
  /** The largest body that the server reads. */
  maxBytes: number;
  says: string;
}

/** The wire over HTTP, one row per route. Everything else that the server serves is its own affair. */
export const ROUTES = {
  roots: {
    method: 'GET',
    path: '/enrol',
    from: 'new device',
    proof: 'none',
    maxBytes: 0,
    says: 'the root keys, to be held against a code before its secret is said',
  },
  enrol: {
    method: 'POST',
    path: '/enrol',
    from: 'new device',
    proof: 'code',
    maxBytes: STRANGERS_BYTES,
    says: 'a one-time code makes a device',
  },
  firstLogin: {
    method: 'POST',
    path: '/first-login',
    from: 'new operator',
    proof: 'code',
    maxBytes: STRANGERS_BYTES,
    says: 'a one-time code sets a password',
  },
  logOn: {
    method: 'POST',
    path: '/session',
    from: 'operator',
    proof: 'password',
    maxBytes: STRANGERS_BYTES,
    says: 'begins a session of a browser, and sets its cookie',
  },
  session: {
    method: 'GET',
    path: '/session',
    from: 'operator',
    proof: 'basic',
    maxBytes: 0,
    says: 'who is logged on, and what a page has to know first',
  },
  logOff: {
    method: 'DELETE',
    path: '/session',
    from: 'operator',
    proof: 'basic',
    maxBytes: 0,
    says: 'ends the session of the cookie, with all its connections',
  },
  upload: {
    method: 'POST',
    path: '/media',
    from: 'operator',
    proof: 'basic',
    maxBytes: UPLOAD_LIMITS.bytes,
    says: 'sound, made ready for towers once',
  },
  uploadPicture: {
    method: 'POST',
    path: '/picture',
    from: 'operator',
    proof: 'basic',
    maxBytes: PICTURE_UPLOAD_LIMITS.bytes,
    says: 'a picture, made ready for signs once',
  },
  media: {
    method: 'GET',
    path: '/media/{sha256}',
    from: 'device or operator',
    proof: 'basic',
    maxBytes: 0,
    says: 'prepared sound or a prepared picture, by its hash',
  },
  alerts: {
    method: 'POST',
    path: '/alerts',
    from: 'operator',
    proof: 'basic',
    maxBytes: 6 * 1024 * KIB,
    says: 'alerts of another agency in CAP 1.2: one, a feed or an envelope',
  },
  ical: {
    method: 'GET',
    path: '/ical/{area}',
    from: 'operator',
    proof: 'basic',
    maxBytes: 0,
    says: 'the programme of an area as iCalendar; with ?which=draft, ?days=90',
  },
  request: {
    method: 'POST',
    path: '/api/request/{what}',
    from: 'operator',
    proof: 'basic',
    maxBytes: 1024 * KIB,
    says: 'any request of the MQTT wire',
  },
} as const satisfies Record<string, RouteRow>;
export type RouteName = keyof typeof ROUTES;

/** The MQTT wire in a browser: the same bytes as on TCP, in the binary frames of a WebSocket at this path (MQTT 3.1.1, 6). */
export const MQTT_OVER_WEBSOCKET = { path: '/mqtt', protocol: 'mqtt' } as const;
