import { QR_QUIET, qrCode } from '@/lib/platform/qr';

/**
 * A QR code with its quiet zone, black on white whatever the ground. `label` is what a screen reader says; `at` sets it
 * into another drawing.
 */
export function QrCode({
  text,
  label,
  at,
}: {
  text: string;
  label: string;
  at?: { x: number; y: number; width: number; height: number };
}) {
  const { modules, path } = qrCode(text);
  const side = modules + 2 * QR_QUIET;
  return (
    <svg
      {...at}
      className="qr"
      viewBox={`-${QR_QUIET} -${QR_QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path fill="#ffffff" d={`M-${QR_QUIET}-${QR_QUIET}h${side}v${side}h-${side}z`} />
      <path fill="#000000" d={path} />
    </svg>
  );
}
