import { HALL_LEAST } from './schema';

// What may be said of a vote beside its three numbers. Pure.

/**
 * How many of the voters came in the hall, where that may be told; else null. Whoever entered the hall's papers knows
 * their sum: a handful of votes on either side, told apart from the whole, would tell who voted what. ballot_count
 * (prisma/functions/ballot.sql) says the same.
 */
export function hallToTell(voters: number, hall: number): number | null {
  return Math.min(hall, voters - hall) >= HALL_LEAST ? hall : null;
}
