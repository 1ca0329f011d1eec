/** One line of a back-test report. */
export interface TestOutcome {
  readonly test: string;
  /** undefined = the test does not apply to these data. */
  readonly statistic: number | undefined;
  readonly pValue: number | undefined;
  readonly decision: string;
  readonly detail: string;
}

/** Decides a test by its p value: reject when it is below 1 - testConfidence. */
export const decide = (pValue: number, testConfidence: number): string => (pValue < Number((1 - testConfidence).toFixed(15)) ? "reject" : "accept");

/** Reports a test that does not apply, with the reason. */
export const notApplicable = (test: string, reason: string): TestOutcome => ({
  test,
  statistic: undefined,
  pValue: undefined,
  decision: "not applicable",
  detail: reason,
});
