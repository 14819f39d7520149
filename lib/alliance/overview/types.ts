/** The alliance of one village in numbers, for officials. */
export interface AllianceVillage {
  villageId: string;
  code: string;
  name: string;
  townshipId: string;
  townshipName: string;
  /** that take its points now; charities among them counted apart */
  shops: number;
  charities: number;
  /** that can be had today */
  offers: number;
  /** taken this month, given back taken off */
  monthSales: number;
  monthPoints: number;
  /** taken and not paid yet: what the village owes */
  owedPoints: number;
  /** 分 of money */
  owedFen: number;
  /** of owedPoints those given to charities, for which nothing is owed */
  givenPoints: number;
}
