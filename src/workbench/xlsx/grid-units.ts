/** Width of a digit of the default font and the cell's padding, in pixels, by which Excel measures columns. */
const DIGIT_WIDTH = 7;
const PADDING = 5;
const PIXELS_PER_POINT = 4 / 3;

/** Column width: characters to pixels. */
export function pixelsOfCharacters(width: number): number {
  return Math.round(width * DIGIT_WIDTH + PADDING);
}

/** Column width: pixels to characters, with the 1/256 steps of the file format rounded to hundredths. */
export function charactersOfPixels(pixels: number): number {
  return Math.max(0, Math.round(((pixels - PADDING) / DIGIT_WIDTH) * 100) / 100);
}

/** Row height: points to pixels. */
export function pixelsOfPoints(points: number): number {
  return Math.round(points * PIXELS_PER_POINT);
}

/** Row height: pixels to points. */
export function pointsOfPixels(pixels: number): number {
  return Math.round((pixels / PIXELS_PER_POINT) * 100) / 100;
}
