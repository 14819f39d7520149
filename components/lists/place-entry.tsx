import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Line } from '@/components/ui/lines';
import { Photo } from '@/components/ui/photo';
import { PLACE_KIND_NAMES, PLACE_SCALE, type PlaceView } from '@/lib/lists/place/types';
import { scoreOf } from '@/lib/lists/rules';
import { photoAddress } from '@/lib/photos/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** A place with its average of the quarter and what was found of it last. */
export function PlaceEntry({
  place,
  today,
  token,
  mayClose,
}: {
  place: PlaceView;
  today: Day;
  token: string;
  mayClose: boolean;
}) {
  return (
    <Line
      title={place.name}
      figure={place.average === null ? '—' : scoreOf(place.average).toFixed(1)}
      meta={[PLACE_KIND_NAMES[place.kind], place.keeper].filter(Boolean).join(' · ')}
      state={place.checks === 0 ? '本季还没有看' : `本季看了 ${place.checks} 次`}
    >
      {place.latest.length > 0 ? (
        <ul className="place-checks">
          {place.latest.map((check) => (
            <li key={check.id}>
              <span>
                {sayDay(check.checkedOn, today)} <b>{check.score} 分</b>{' '}
                {check.note || PLACE_SCALE.find((step) => step.score === check.score)?.words}
                <small>{check.checkedBy}</small>
              </span>
              {check.photos.map((photo) => (
                <Photo
                  key={photo.id}
                  src={photoAddress(photo.id, 'small')}
                  large={photoAddress(photo.id, 'large')}
                  alt={`${place.name}，${sayDay(check.checkedOn, today)}`}
                  width={photo.width}
                  height={photo.height}
                />
              ))}
            </li>
          ))}
        </ul>
      ) : null}
      {mayClose ? (
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
