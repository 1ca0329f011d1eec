import { defineClass, type HostObject, type HostClass } from "./host-class";
import { invalidArgument } from "./host-error";
import type { HostWorkbook } from "./host-workbook";

type All = Record<string, never>;

/** Where the custom-function runtime reports. */
const customFunctionsClass: HostClass<All> = defineClass<All>({
  name: "CustomFunctions",
  methods: {
    SetInvocationArrayResults: (_service, [rows], host) => host.functions.acceptResults(rows as readonly (readonly unknown[])[]),
    _SetOsfControlContainerReadyForCustomFunctions: (_service, _args, host) => host.functions.runtimeReady(),
    // Feature 2 lets the runtime flush results every 200 ms instead of every 500 ms.
    _GetEnabledFeatures: () => [2],
  },
});

/** Hears that the add-in's ribbon actions can be called. */
const addinInternalServiceClass: HostClass<All> = defineClass<All>({
  name: "AddinInternalService",
  methods: { NotifyActionHandlerReady: () => null },
});

/** Office.addin.showAsTaskpane and hide: the page around the add-in watches for these calls and does the showing. */
const appRuntimeServiceClass = defineClass<All>({
  name: "AppRuntimeService",
  methods: {
    GetAppRuntimeState: () => "Visible",
    SetAppRuntimeState: (_service, [state]) => {
      if (!["Inactive", "Background", "Visible"].includes(String(state))) throw invalidArgument(`${String(state)} is no state of the runtime`);
    },
  },
});

/** Services beside the workbook, by the type name under which the library creates them. */
export const serviceRoot = (name: string, _host: HostWorkbook): HostObject | undefined => {
  if (name === "Microsoft.ExcelServices.CustomFunctions") return customFunctionsClass.of({});
  if (name === "Microsoft.InternalService.AddinInternalService") return addinInternalServiceClass.of({});
  if (name === "Microsoft.AppRuntime.AppRuntimeService") return appRuntimeServiceClass.of({});
  return undefined;
};
