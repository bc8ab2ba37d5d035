/** Why the server cannot start, in one line for the person who started it; main.ts prints it and exits with 2. */
export class StartError extends Error {}
