/** Name of the socket in the data folder of the agent. */
export const CONTROL_SOCKET = 'control.sock';
