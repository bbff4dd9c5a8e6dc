/** Under which Nest hands out the settings. */
export const SETTINGS = Symbol('Settings');
