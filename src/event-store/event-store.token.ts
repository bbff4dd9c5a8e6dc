/** Under which Nest hands out the event store. */
export const EVENT_STORE = Symbol('EventStore');
