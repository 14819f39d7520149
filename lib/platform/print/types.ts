/** The faces that documents are set in; a character that one lacks comes from the next that has it. */
export type Face = 'sans' | 'bold' | 'serif' | 'title';

/** What stands in a picture, in pixels from its upper left corner, drawn in order. */
export type DrawnItem =
  | {
      kind: 'text';
      text: string;
      face: Face;
      size: number;
      fill: string;
      x: number;
      /** of the line the characters stand on */
      y: number;
      anchor?: 'start' | 'middle' | 'end';
      /** between characters */
      spacing?: number;
      /** a wider line is set smaller */
      widthMost?: number;
    }
  | {
      kind: 'rect';
      x: number;
      y: number;
      width: number;
      height: number;
      fill?: string;
      stroke?: string;
      strokeWidth?: number;
    }
  | { kind: 'path'; d: string; x: number; y: number; scale: number; fill: string };

export interface Drawing {
  width: number;
  height: number;
  ground: string;
  items: DrawnItem[];
}

/** Fonts of a few characters each, base64 by the name of their file's face; see `fontFaces`. */
export type CutFonts = Readonly<Record<string, string>>;
