/** A change that is smaller does not matter, where no rule says what does: 3 points, or 0.03 in a metric's unit. */
export const ORDINARY_MARGIN = 0.03;
