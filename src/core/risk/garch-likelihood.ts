import { digamma, logGammaHalfStep } from "./log-gamma";

const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * Builds the negative log-likelihood of a GARCH(1,1) with constant mean, with its gradient.
 *
 * Parameters: mu, omega, alpha, beta and, for t innovations of unit variance, nu. Presample values are
 * e0^2 = h0 = mean((y - mu)^2), which depend on mu and are differentiated too. All observations count.
 *
 * @param data returns, scaled to a standard deviation near 1
 * @returns function of the parameters that fills the gradient and gives -log L, Infinity outside the domain
 * @source G. Fiorentini, G. Calzolari, L. Panattoni (1996), Analytic derivatives and the computation of GARCH estimates
 */
export const garchLikelihood =
  (data: Float64Array, isStudentT: boolean) =>
  (parameters: Float64Array, gradient: Float64Array): number => {
    const mu = parameters[0]!;
    const omega = parameters[1]!;
    const alpha = parameters[2]!;
    const beta = parameters[3]!;
    const nu = isStudentT ? parameters[4]! : Infinity;
    if (!(omega > 0 && alpha >= 0 && beta >= 0 && nu > 2)) return Infinity;
    const n = data.length;
    let presample = 0;
    let total = 0;
    for (let t = 0; t < n; t++) {
      const e = data[t]! - mu;
      presample += e * e;
      total += e;
    }
    presample /= n;
    const free = nu - 2;
    let h = presample;
    let previousSquare = presample;
    let previousError = 0;
    // d h / d (mu, omega, alpha, beta); before the sample only mu matters.
    let hMu = (-2 * total) / n;
    let hOmega = 0;
    let hAlpha = 0;
    let hBeta = 0;
    const presampleMu = hMu;
    let logs = 0;
    let product = 1;
    let squares = 0;
    let gMu = 0;
    let gOmega = 0;
    let gAlpha = 0;
    let gBeta = 0;
    let gNu = 0;
    for (let t = 0; t < n; t++) {
      hMu = beta * hMu + alpha * (t === 0 ? presampleMu : -2 * previousError);
      hOmega = 1 + beta * hOmega;
      hAlpha = previousSquare + beta * hAlpha;
      hBeta = h + beta * hBeta;
      h = omega + alpha * previousSquare + beta * h;
      const e = data[t]! - mu;
      const square = e * e;
      const ratio = square / h;
      // One logarithm for many variances: multiply until the product is about to leave the safe range.
      product *= h;
      if (isStudentT) {
        const u = ratio / free;
        const v = 1 + u;
        squares += Math.log(v);
        const weight = (nu + 1) / (free * v);
        const dh = (0.5 * (weight * ratio - 1)) / h;
        gMu += dh * hMu + (weight * e) / h;
        gOmega += dh * hOmega;
        gAlpha += dh * hAlpha;
        gBeta += dh * hBeta;
        gNu += 0.5 * weight * u;
      } else {
        squares += ratio;
        const dh = (0.5 * (ratio - 1)) / h;
        gMu += dh * hMu + e / h;
        gOmega += dh * hOmega;
        gAlpha += dh * hAlpha;
        gBeta += dh * hBeta;
      }
      if (product > 1e100 || product < 1e-100) {
        logs += Math.log(product);
        product = 1;
      }
      previousSquare = square;
      previousError = e;
    }
    logs += Math.log(product);
    gradient[0] = -gMu;
    gradient[1] = -gOmega;
    gradient[2] = -gAlpha;
    gradient[3] = -gBeta;
    if (!isStudentT) return 0.5 * (n * LOG_TWO_PI + logs + squares);
    gradient[4] = -(n * 0.5 * (digamma((nu + 1) / 2) - digamma(nu / 2) - 1 / free) - 0.5 * squares + gNu);
    const constant = logGammaHalfStep(nu / 2) - 0.5 * Math.log(Math.PI * free);
    return -(n * constant - 0.5 * logs - ((nu + 1) / 2) * squares);
  };
