import { type Problem, shown } from "../config/error";
import { onlyFor } from "../config/problems";
import type { JustDbCloudArgs, Resolved } from "../parts";
import { steps } from "./steps";

export const checks = (s: Resolved, chosen: JustDbCloudArgs): Problem[] => [
    ...unread(s, chosen),
    ...(s.delivery === "canary" ? ascending(s) : []),
];

/** What the delivery does not read. */
function unread(s: Resolved, chosen: JustDbCloudArgs): Problem[] {
    const only = (needed: string, isRead: boolean, ...keys: Parameters<typeof onlyFor>[4]) =>
        isRead ? [] : onlyFor(s, chosen, "delivery", needed, keys);
    return [
        ...only("canary", s.delivery === "canary", "canarySteps", "canaryTraffic"),
        ...only("blueGreen", s.delivery === "blueGreen", "blueGreenPromotion", "blueGreenAnalysisSeconds"),
        ...only(
            "canary or blueGreen",
            s.delivery !== "rolling",
            "deliveryTimeoutSeconds",
            "analysisPrometheus",
            "analysisMaxErrorPercent",
            "analysisMaxP95Milliseconds",
            "analysisMinRequests",
        ),
    ];
}

function ascending(s: Resolved): Problem[] {
    const percents = steps(s).map(({ percent }) => percent);
    if (percents.every((percent, index) => index === 0 || percent > percents[index - 1]!)) return [];
    return [
        {
            key: "canarySteps",
            got: shown(s.canarySteps),
            allowed: "shares that grow from step to step",
            fix: "put them in order, each percentage once",
        },
    ];
}
