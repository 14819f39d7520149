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
