import type { ReactNode } from 'react';
import { classNames } from './class-names';

/**
 * A picture that leads to its large form. `fit` cover makes a square thumbnail, contain shows all of it as large as
 * there is room.
 */
export function Photo({
  src,
  large,
  alt,
  caption,
  fit = 'cover',
  width,
  height,
  eager,
}: {
  src: string;
  /** where a tap leads; without it the picture is no link */
  large?: string;
  alt: string;
  caption?: ReactNode;
  fit?: 'cover' | 'contain';
  width?: number;
  height?: number;
  /** load at once; the default waits until it is near */
  eager?: boolean;
}) {
  const image = (
    // Photos come from our own route, already in two sizes: no optimizer is wanted.
    <img
      src={src}
      alt={alt}
      width={width}
      height={height}
      loading={eager ? 'eager' : 'lazy'}
      decoding="async"
    />
  );
  return (
    <figure className={classNames('photo', `photo-${fit}`)}>
      {large ? <a href={large}>{image}</a> : image}
      {caption ? <figcaption>{caption}</figcaption> : null}
    </figure>
  );
}

/** Thumbnails in a row that wraps. */
export function PhotoGrid({ children }: { children: ReactNode }) {
  return <div className="photo-grid">{children}</div>;
}
