import type { Actor, DeskRole } from '@/lib/auth/types';
import { NIL_ID } from '@/lib/platform/ids';
import type { PlannedResident, PlannedVillage } from './people';

// The people of the demo as the commands see them: with the seats that their rows give them.

/** Someone acting for the household. Throws for who has no sign-in. */
export function residentActor(village: PlannedVillage, resident: PlannedResident): Actor {
  if (!resident.person) throw new Error(`${resident.name} has no sign-in`);
  const home = {
    villageId: village.id,
    villageName: village.plan.name,
    householdId: resident.householdId,
    residentId: resident.id,
    isHead: resident.relation === 'HEAD',
  };
  return {
    personId: resident.person.id,
    sessionId: NIL_ID,
    name: resident.name,
    resident: home,
    residents: [home],
    desk: null,
    desks: [],
    office: null,
    shop: null,
    shops: [],
  };
}

/** One of the village's office at the desk. */
export function deskActor(village: PlannedVillage, role: DeskRole, index = 0): Actor {
  const official = village.officials[role][index];
  if (!official) throw new Error(`${village.plan.code} has no ${role} ${index}`);
  const desk = { villageId: village.id, roles: [role] };
  return { ...residentActor(village, official), desk, desks: [desk] };
}
