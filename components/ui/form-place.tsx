'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Place = createContext<Readonly<Record<string, string>>>({});

/**
 * Where the forms within it stand: fields that each of them sends beside its own, so that a form which was opened in one
 * place does nothing in another.
 */
export function FormPlace({ fields, children }: { fields: Record<string, string>; children: ReactNode }) {
  return <Place.Provider value={fields}>{children}</Place.Provider>;
}

/** The fields of the place one stands in, for what a script sends instead of a form. */
export function useFormPlace(): Readonly<Record<string, string>> {
  return useContext(Place);
}

/** The hidden fields of the place that a form stands in; in the HTML, so that they are sent without JavaScript too. */
export function PlaceFields() {
  return Object.entries(useContext(Place)).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
}
