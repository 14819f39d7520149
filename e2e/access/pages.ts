import { API_PAGES } from './page-rows/api';
import { DESK_PAGES } from './page-rows/desk';
import { DESK_ALLIANCE_PAGES } from './page-rows/desk-alliance';
import { DESK_RULES_PAGES } from './page-rows/desk-rules';
import { OFFICE_PAGES } from './page-rows/office';
import { OPEN_PAGES } from './page-rows/open';
import { RESIDENT_PAGES } from './page-rows/resident';
import type { PageRow } from './page-rows/row';
import { SHOP_PAGES } from './page-rows/shop';

export type { PageRow } from './page-rows/row';

export const PAGES: readonly PageRow[] = [
  ...OPEN_PAGES,
  ...RESIDENT_PAGES,
  ...DESK_PAGES,
  ...DESK_RULES_PAGES,
  ...DESK_ALLIANCE_PAGES,
  ...OFFICE_PAGES,
  ...SHOP_PAGES,
  ...API_PAGES,
];
