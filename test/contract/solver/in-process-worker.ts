import type { Solver } from "../../../src/core/lp/solver";
import type { FromWorker, ToWorker, WorkerPort } from "../../../src/adapters/solvers/worker-protocol";
import { serveSolver } from "../../../src/adapters/solvers/worker-server";

/** Joins the two ends of the worker protocol over a real message channel, so that every message is structured-cloned. */
export function createInProcessWorker(createEngine: () => Solver): WorkerPort {
  const { port1, port2 } = new MessageChannel();
  const receive = serveSolver((message, transfer) => port2.postMessage(message, transfer), createEngine);
  port2.onmessage = (event: { data: ToWorker }) => receive(event.data);
  return {
    post: (message) => port1.postMessage(message),
    listen: (onMessage) => {
      port1.onmessage = (event: { data: FromWorker }) => onMessage(event.data);
    },
    terminate: () => {
      port1.close();
      port2.close();
    },
  };
}
