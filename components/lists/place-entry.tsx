import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { Line } from '@/components/ui/lines';
import { Photo } from '@/components/ui/photo';
import { PLACE_KIND_NAMES, type PlaceCheckView, type PlaceView, sayStep } from '@/lib/lists/place/types';
import { scoreOf } from '@/lib/lists/rules';
import { photoAddress } from '@/lib/photos/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** So many of the newest inspections are shown at once, the others on request. */
const AT_ONCE = 3;

interface Reader {
  personId: string;
  /** whether they may void what another one recorded wrongly */
  mayVoid: boolean;
  /** whether they may close a place */
  mayClose: boolean;
}

/** A place with its average of the quarter and what was found of it. */
export function PlaceEntry({
  place,
  today,
  token,
  reader,
}: {
  place: PlaceView;
  today: Day;
  token: string;
  reader: Reader;
}) {
  const [latest, older] = [place.inspections.slice(0, AT_ONCE), place.inspections.slice(AT_ONCE)];
  const checks = (some: PlaceCheckView[]) => (
    <ul className="place-checks">
      {some.map((check) => (
        <Check key={check.id} place={place} check={check} today={today} reader={reader} />
      ))}
    </ul>
  );
  return (
    <Line
      title={place.name}
      figure={place.average === null ? '—' : scoreOf(place.average).toFixed(1)}
      meta={[PLACE_KIND_NAMES[place.kind], place.keeper].filter(Boolean).join(' · ')}
      state={place.checks === 0 ? '本季还没有看' : `本季看了 ${place.checks} 次`}
    >
      {latest.length > 0 ? checks(latest) : null}
      {older.length > 0 ? (
        <Disclosure title="再早的检查" note={`${older.length} 次`}>
          {checks(older)}
        </Disclosure>
      ) : null}
      {reader.mayClose ? (
        <CommandForm
          name="close-place"
          back="/desk/places"
          next="/desk/places?ok=close-place"
          fixed={{ placeId: place.id }}
          token={token}
          label={`不再检查${place.name}`}
        >
          <Button kind="quiet">
            不再检查<span className="said">{place.name}</span>
          </Button>
        </CommandForm>
      ) : null}
    </Line>
  );
}

/** One inspection; one that was voided is struck through, and says why. */
function Check({
  place,
  check,
  today,
  reader,
}: {
  place: PlaceView;
  check: PlaceCheckView;
  today: Day;
  reader: Reader;
}) {
  const { voided } = check;
  const day = sayDay(check.checkedOn, today);
  const found = (
    <>
      {day} <b>{check.score} 分</b> {check.note || sayStep(check.score)}
    </>
  );
  const canVoid =
    reader.mayVoid && !voided && place.closedOn === null && check.checkedById !== reader.personId;
  return (
    <li>
      <span>
        {voided ? <s>{found}</s> : found}
        <small>{check.checkedBy}</small>
        {voided ? (
          <em className="place-voided">
            作废，不算分：{voided.reason}（{voided.by}，{sayDay(voided.on, today)}）
          </em>
        ) : null}
        {canVoid ? (
          <a className="place-void" href={`/desk/places?void=${check.id}#void`}>
            记错了
            <span className="said">
              ，作废{place.name}
              {day}的检查
            </span>
          </a>
        ) : null}
      </span>
      {check.photos.map((photo) => (
        <Photo
          key={photo.id}
          src={photoAddress(photo.id, 'small')}
          large={photoAddress(photo.id, 'large')}
          alt={`${place.name}，${day}`}
          width={photo.width}
          height={photo.height}
        />
      ))}
    </li>
  );
}
