/** Where the broker is. */
export interface Place {
  host: string;
  address: string;
  port: number;
  /** Over TLS. */
  secure: boolean;
}
