import type {
  AppChange,
  CollateralApp,
  DataStatus,
  InsertedSample,
  RunHandle,
  RunOptions,
  RunProgress,
  RunSummary,
} from "../../../src/app/collateral-app";
import type { TableDraft } from "../../../src/app/mapping-drafts";
import type { PinRequest, PinView } from "../../../src/app/pins-in-force";
import type { TableMapping } from "../../../src/core/tables/mapping/table-mapping";
import type { TierPaste, TierPreview } from "../../../src/app/exchange-rules";
import type { RiskChoice, RiskScreen } from "../../../src/app/risk-screen";
import { noTiers, noPrices } from "./risk-fixtures";

/** A run whose progress and end are in the test's hands. */
export interface FakeRun {
  readonly handle: RunHandle;
  readonly report: (progress: RunProgress) => void;
  readonly finish: (summary: RunSummary) => void;
}

/** The app's port in memory: the pane's tests and its preview decide what it answers. */
export class FakeApp implements CollateralApp {
  readonly version = "0.1.0";
  readonly calls: string[] = [];
  data: DataStatus;
  sample: InsertedSample = { sheets: ["Assets", "Agreements"], suffix: "", message: "Sample inserted on 9 new sheets." };
  dataAfterSample: DataStatus | undefined;
  last: RunSummary | undefined;
  active: FakeRun | undefined;
  /** What the Risk tab gets: a screen, or one made from the choice; a promise of it where the test decides when it comes. */
  risk: (choice: RiskChoice) => RiskScreen | Promise<RiskScreen> = () => noPrices;
  tiers: TierPreview = noTiers;
  failure: Error | undefined;
  startedAt = new Date(0).toISOString();
  onRun: ((run: FakeRun) => void) | undefined;
  private readonly listeners = new Set<(change: AppChange) => void>();

  constructor(data: DataStatus) {
    this.data = data;
  }

  private answer<T>(value: T): Promise<T> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(value);
  }

  emit(change: AppChange): void {
    for (const listener of this.listeners) listener(change);
  }

  checkData(set?: string): Promise<DataStatus> {
    this.calls.push(`checkData(${set ?? ""})`);
    return this.answer(set === undefined ? this.data : { ...this.data, chosenSet: set });
  }

  insertSample(): Promise<InsertedSample> {
    this.calls.push("insertSample");
    if (!this.failure && this.dataAfterSample) this.data = this.dataAfterSample;
    if (!this.failure) this.emit("data");
    return this.answer(this.sample);
  }

  run(options: RunOptions = {}): RunHandle {
    this.calls.push(`run(${options.set ?? ""}${options.maxMovements === undefined ? "" : `, ${options.maxMovements}`})`);
    if (this.active) return this.active.handle;
    let end: (summary: RunSummary) => void = () => undefined;
    const done = new Promise<RunSummary>((resolve) => (end = resolve));
    const handle: { -readonly [K in keyof RunHandle]: RunHandle[K] } = {
      done,
      startedAt: this.startedAt,
      stop: () => void this.calls.push("stop"),
      cancel: () => void this.calls.push("cancel"),
    };
    const run: FakeRun = {
      handle,
      report: (progress) => {
        handle.progress = progress;
        this.emit("run");
      },
      finish: (summary) => {
        this.active = undefined;
        this.last = summary;
        end(summary);
        this.emit("run");
      },
    };
    this.active = run;
    this.emit("run");
    this.onRun?.(run);
    return handle;
  }

  currentRun(): RunHandle | undefined {
    return this.active?.handle;
  }

  lastRun(): RunSummary | undefined {
    return this.last;
  }

  goTo(sheet: string, address: string): Promise<void> {
    this.calls.push(`goTo(${sheet}!${address})`);
    return this.answer(undefined);
  }

  restorePrevious(): Promise<string> {
    this.calls.push("restorePrevious");
    return this.answer("The result of 09:12 UTC is back on its sheets.");
  }

  async analyseRisk(choice: RiskChoice): Promise<RiskScreen> {
    this.calls.push(`analyseRisk(${choice.series ?? ""}, ${choice.confidence ?? ""})`);
    return this.answer(await this.risk(choice));
  }

  insertFormula(formula: string): Promise<string> {
    this.calls.push(`insertFormula(${formula})`);
    return this.answer("Inserted the formula in Assets!K2.");
  }

  previewTiers(paste: TierPaste): Promise<TierPreview> {
    this.calls.push(`previewTiers(${JSON.stringify(paste)})`);
    return this.answer(this.tiers);
  }

  acceptTiers(paste: TierPaste): Promise<string> {
    this.calls.push(`acceptTiers(${JSON.stringify(paste)})`);
    if (!this.failure) this.emit("data");
    return this.answer("Added 4 rows to tblTiers. They count from 2026-11-23 06:00 UTC.");
  }

  saveMapping(mapping: TableMapping): Promise<string> {
    this.calls.push(`saveMapping(${JSON.stringify(mapping)})`);
    if (!this.failure) this.emit("data");
    return this.answer("Sheet Export is read as assets. The mapping is kept in this workbook.");
  }

  forgetMapping(key: string): Promise<string> {
    this.calls.push(`forgetMapping(${key})`);
    if (!this.failure) this.emit("data");
    return this.answer("The mapping is forgotten. The cells are as they were.");
  }

  keepDraft(key: string, draft: TableDraft | undefined): Promise<void> {
    this.calls.push(`keepDraft(${key}, ${draft === undefined ? "none" : draft.kind})`);
    this.data = { ...this.data, drafts: draft === undefined ? [] : [draft] };
    return this.answer(undefined);
  }

  addPin(request: PinRequest): Promise<string> {
    this.calls.push(`addPin(${JSON.stringify(request)})`);
    if (!this.failure) this.emit("data");
    return this.answer(`${request.assetId} is pinned at ${request.agreementId} (Pins!A6). Run again to apply it.`);
  }

  undoPin(pin: PinView): Promise<string> {
    this.calls.push(`undoPin(${pin.agreementId}, ${pin.assetId})`);
    if (!this.failure) this.emit("data");
    return this.answer(`${pin.assetId} at ${pin.agreementId} is free again. Run again to apply it.`);
  }

  subscribe(listener: (change: AppChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
