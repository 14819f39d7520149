/** Says that a member gives instead of sells, wherever its name stands. */
export function CharityMark() {
  return <span className="charity-mark">公益组织</span>;
}

/** A member's name, with the mark where it is a charity. */
export function MemberName({ name, isCharity }: { name: string; isCharity: boolean }) {
  return isCharity ? (
    <>
      {name} <CharityMark />
    </>
  ) : (
    name
  );
}
