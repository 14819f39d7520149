/** A photo of a form on its way: shown from the phone until the server has it. */
export interface Tile {
  id: string;
  /** what is shown before the server has it */
  preview: string;
  state: 'sending' | 'there' | 'waiting' | 'refused';
  /** what is said about it */
  words: string;
  file?: File;
}

/** One photo with its state and its own acts; only one that has arrived is part of the form. */
export function PhotoTile({
  tile,
  place,
  isLive,
  removeHref,
  onSend,
  onRemove,
}: {
  tile: Tile;
  place: number;
  isLive: boolean;
  /** removes it without JavaScript */
  removeHref?: string;
  onSend: () => void;
  onRemove: () => void;
}) {
  const which = <span className="said">第 {place} 张照片</span>;
  return (
    <li className={tile.state === 'refused' ? 'photo-shot photo-shot-failed' : 'photo-shot'}>
      <span className="photo-shot-picture">
        <img src={tile.preview} alt={`第 ${place} 张照片`} />
      </span>
      {tile.state === 'there' ? <input type="hidden" name="photos[]" value={tile.id} /> : null}
      <span role="status" className={tile.state === 'refused' ? 'photo-shot-why' : undefined}>
        {tile.words}
      </span>
      {tile.state === 'waiting' ? (
        <button type="button" className="btn btn-quiet" onClick={onSend}>
          再传{which}
        </button>
      ) : null}
      {isLive ? (
        <button type="button" className="btn btn-quiet" onClick={onRemove}>
          移除{which}
        </button>
      ) : removeHref ? (
        <a className="btn btn-quiet" href={removeHref}>
          移除{which}
        </a>
      ) : null}
    </li>
  );
}
