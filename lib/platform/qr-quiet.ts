/** The empty border that a reader needs around a code, in modules. */
export const QR_QUIET = 4;
