/** Of a scenario's source. */
export const SCENARIO_SOURCE_CHARACTERS_MAX = 64 * 1024;

/** Of variables and of environments. */
export const VARIABLE_NAME = /^[A-Za-z_][\w-]{0,63}$/;
