import type { Day } from '@/lib/platform/clock';
import type { Relation, Role } from '@/lib/platform/generated/enums';

export type { Relation, Role } from '@/lib/platform/generated/enums';

/** Why a household is exempt from deductions and black lists. */
export interface HouseholdFlags {
  /** 五保 */
  isFiveGuarantee: boolean;
  /** 失能 */
  isDisabled: boolean;
  /** 无人在家 */
  isAbsent: boolean;
}

/** The relation to the head of the household, as it is said. */
export const RELATION_NAMES: Record<Relation, string> = {
  HEAD: '户主',
  SPOUSE: '配偶',
  CHILD: '子女',
  PARENT: '父母',
  GRANDCHILD: '孙子女',
  GRANDPARENT: '祖父母',
  SIBLING: '兄弟姐妹',
  CHILD_IN_LAW: '儿媳女婿',
  OTHER: '其他',
};

/** A role as it is said. */
export const ROLE_NAMES: Record<Role, string> = {
  STEWARD: '帮办员',
  VERIFIER: '核分员',
  SECRETARY: '村书记',
  SUPERVISOR: '村务监督员',
  MERCHANT: '商户',
  TOWNSHIP: '镇街干部',
  DISTRICT: '区县干部',
  SPONSOR: '赞助单位',
};

export interface GroupView {
  id: string;
  number: number;
  name: string;
}

/** A line of the roster. */
export interface HouseholdLine {
  id: string;
  /** 03-017 */
  code: string;
  doorNumber: string;
  /** the head's name; '' when there is none any more */
  headName: string;
  members: number;
  /** members with a phone to sign in with */
  phones: number;
  flags: HouseholdFlags;
  hasLeft: boolean;
  /** names by which a search found it, the head's left out */
  foundBy: string[];
}

export interface RosterPage {
  lines: HouseholdLine[];
  /** of the whole list, not of this page */
  total: number;
  /** from 1 */
  page: number;
  pages: number;
}

export interface RosterCounts {
  households: number;
  residents: number;
  /** households in which nobody has a phone */
  withoutPhone: number;
}

export interface AppointmentView {
  id: string;
  role: Role;
  from: Day;
  until: Day | null;
}

/** Someone who holds an office of the village. */
export interface OfficerView extends AppointmentView {
  name: string;
  /** of who is on the roster; null of others and of those who have left */
  householdId: string | null;
  householdCode: string | null;
}

export interface KinView {
  id: string;
  /** of one that was ended: the last day on which one still steps back */
  until: string | null;
  /** the member of this household */
  residentId: string;
  otherId: string;
  otherName: string;
  otherHouseholdId: string;
  otherHouseholdCode: string;
}

export interface MemberView {
  id: string;
  name: string;
  relation: Relation;
  birthYear: number | null;
  /** 138****1234; null without a phone */
  phone: string | null;
  personId: string | null;
  leftOn: Day | null;
  /** roles held in this village today or later */
  appointments: AppointmentView[];
}

export interface HouseholdView {
  id: string;
  code: string;
  doorNumber: string;
  group: GroupView;
  flags: HouseholdFlags;
  leftOn: Day | null;
  /** who lives there, the head first; then who has left */
  members: MemberView[];
  kin: KinView[];
}

/** Someone to choose from a list: name and household. */
export interface ResidentChoice {
  id: string;
  name: string;
  householdCode: string;
}
