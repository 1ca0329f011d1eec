/** One named number and the numbers that it was made from: the answer to "why is this 1.2m?". */
export interface Explanation {
  readonly name: string;
  readonly value: number | string;
  /** Currency code, `decimal`, `days`, `coin` ... or "" where the value is a word. */
  readonly unit: string;
  readonly from: readonly Explanation[];
  /** Formula in plain text, or the document and paragraph that the number comes from. */
  readonly note?: string;
}
