import reference from "../../../fixtures/risk/dist_ref.json";
import { binomialCdf, binomialUpperTail } from "../../../../src/core/risk/binomial-distribution";
import { chiSquareInverse, chiSquareUpperTail } from "../../../../src/core/risk/chi-square-distribution";
import { logGamma } from "../../../../src/core/risk/log-gamma";
import { normalCdf, normalInverse } from "../../../../src/core/risk/normal-distribution";
import { studentTCdf, studentTInverse } from "../../../../src/core/risk/student-t-distribution";

const ours: Record<string, (...args: number[]) => number> = {
  "dist.normCdf": (z) => normalCdf(z!),
  "dist.normInv": (p) => normalInverse(p!),
  "dist.tCdf": (t, df) => studentTCdf(t!, df!),
  "dist.tInv": (p, df) => studentTInverse(p!, df!),
  "dist.chisqSurvival": (x, df) => chiSquareUpperTail(x!, df!),
  "dist.chisqInv": (p, df) => chiSquareInverse(p!, df!),
  "dist.binomCdf": (k, n, p) => binomialCdf(k!, n!, p!),
  "dist.binomSurvivalInclusive P(X>=k)": (k, n, p) => binomialUpperTail(k!, n!, p!),
  "dist.lgamma": (x) => logGamma(x!),
};

describe("special functions against 60-digit reference points", () => {
  for (const { function: name, points } of reference.functions as unknown as { function: string; points: [number[], string][] }[]) {
    it(`${name} agrees to 1e-12 relative, tails included`, () => {
      const calculate = ours[name];
      expect(calculate).toBeDefined();
      const worst = Math.max(...points.map(([args, text]) => Math.abs(calculate!(...args) / Number(text) - 1)));
      if (process.env["SHOW_ERRORS"] !== undefined) process.stdout.write(`${name} ${worst.toExponential(2)}\n`);
      expect(worst).toBeLessThanOrEqual(1e-12);
    });
  }
});
