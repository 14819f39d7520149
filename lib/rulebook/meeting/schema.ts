import { z } from 'zod';
import { whole } from '@/lib/platform/form-shape';

/** The law's floor below, everyone above; the table keeps the same bounds (rulebook.sql). */
export const meetingRulesInput = z.object({
  quorumAdultsPercent: whole(50, 99),
  quorumHouseholdsOf3: whole(2, 3),
  quorumRepresentativesOf3: whole(2, 3),
  majorityPercent: whole(50, 99),
  ballotUnit: z.enum(['HOUSEHOLD', 'ADULT'], { error: '请选一样' }),
  representatives: whole(0, 1000),
});
