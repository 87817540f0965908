/** A range of plausible values, both ends included. */
export interface Range {
  low: number;
  high: number;
}
