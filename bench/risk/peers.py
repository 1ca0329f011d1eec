"""The tasks of bench/risk in numpy and scipy, one BLAS thread. Prints {task: median milliseconds of processor time} as JSON."""
import json
import statistics
import sys
import time

import numpy as np

try:
    from scipy import optimize, signal, stats
except ImportError:
    stats = None


def median_ms(run, repeats):
    run()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        run()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


rng = np.random.default_rng(1)
result = {}

million = rng.standard_normal(1_000_000) * 0.01


def quantile_and_mask():
    q = np.quantile(million, 0.025)
    return q, million[million <= q].mean()


def partition():
    k = 25_000
    part = np.partition(million, k)
    return part[k], part[:k].mean()


result["a quantile+mask"] = median_ms(quantile_and_mask, 15)
result["a partition"] = median_ms(partition, 15)

returns = rng.standard_normal((2000, 500)) * 0.01
exposures = rng.uniform(0, 1e6, 500)


def component_es():
    profits = returns @ exposures
    tail = np.argpartition(profits, 50)[:50]
    return profits[tail].mean(), -(returns[tail].mean(axis=0) * exposures)


result["b component ES 500x2000"] = median_ms(component_es, 41)

base = rng.standard_normal((100, 100))
covariance = (base @ base.T / 100 + np.eye(100)) * 1e-4
weights = rng.uniform(0, 1e6, 100)
factor = np.linalg.cholesky(covariance)


def monte_carlo():
    normals = rng.standard_normal((100_000, 100))
    profits = np.expm1(normals @ factor.T) @ weights
    return np.quantile(profits, 0.01)


result["c Monte Carlo 100x100k"] = median_ms(monte_carlo, 3)
result["c'' 1e7 normals"] = median_ms(lambda: rng.standard_normal(10_000_000), 3)

if stats is not None:
    data = np.array(json.loads(sys.stdin.readline()))

    def likelihood(p):
        mu, omega, alpha, beta = p
        if omega <= 0 or alpha < 0 or beta < 0 or alpha + beta >= 1:
            return 1e10
        e2 = (data - mu) ** 2
        h0 = e2.mean()
        x = omega + alpha * np.concatenate(([h0], e2[:-1]))
        h = signal.lfilter([1], [1, -beta], x, zi=[beta * h0])[0]
        return 0.5 * (np.log(2 * np.pi * h) + e2 / h).sum()

    start = [data.mean(), 0.05 * data.var(), 0.1, 0.8]
    result["d GARCH 2000 (lfilter, Nelder-Mead)"] = median_ms(
        lambda: optimize.minimize(likelihood, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-7, "maxiter": 2000}), 3
    )
    excesses = np.array(json.loads(sys.stdin.readline()))
    result["e GPD 500 (genpareto.fit)"] = median_ms(lambda: stats.genpareto.fit(excesses, floc=0), 5)

print(json.dumps(result))
