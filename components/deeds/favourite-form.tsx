import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Icon } from '@/components/ui/icon';

/** Puts an item among the household's usual ones, or takes it away. */
export function FavouriteForm({
  code,
  isStarred,
  back,
  token,
}: {
  code: string;
  isStarred: boolean;
  back: string;
  token: string;
}) {
  return (
    <CommandForm
      name="mark-favourite"
      back={back}
      next={back}
      token={token}
      fixed={{ itemCode: code, favourite: isStarred ? 'no' : 'yes' }}
      className="favourite"
    >
      <Button kind="quiet">
        <Icon name="star" className={isStarred ? 'icon-filled' : ''} />
        {isStarred ? '不再常用' : '设为常用'}
      </Button>
    </CommandForm>
  );
}
