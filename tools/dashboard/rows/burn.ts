import { graph, number, type Panel, type Row, stack } from "../panel";

const objectives = {
    availability: "Requests without an error",
    latency: "Requests answered in time",
};

type Objective = keyof typeof objectives;

/** The part of the requests that shall meet it. The alert rules record it, and the part that does not, over some windows. */
const objective = (of: Objective) => `justdb:${of}_objective:ratio{${stack}}`;

/** How much of what it allows for was used: 1 is all of it, in a window as long as its 30 days. */
const used = (of: Objective, window: string) =>
    `justdb:${of}_failures:ratio_${window}{${stack}} / on (namespace) (1 - ${objective(of)})`;

const shall = (of: Objective): Panel => ({
    title: objectives[of],
    description: "The part of them that is the objective, over 30 days.",
    unit: "percentunit",
    queries: { objective: objective(of) },
});

const left = (of: Objective): Panel => ({
    title: `${objectives[of]}: left`,
    description: "How much is left of what may go wrong in 30 days. Below nothing, the objective was missed.",
    unit: "percentunit",
    queries: { left: `1 - ${used(of, "30d")}` },
    limits: { least: 0 },
});

const burns = (of: Objective): Panel => ({
    title: `${objectives[of]}: burn`,
    description:
        "How many times faster than allowed it is used up: at 1 in 30 days, at 6 in 5 days, at 14.4 in 2. An alert needs a long window that is high, and a short one that still is.",
    unit: "short",
    queries: Object.fromEntries(["5m", "1h", "6h", "3d"].map((window) => [window, used(of, window)])),
    limits: { warning: 1, critical: 14.4 },
});

const both = Object.keys(objectives) as Objective[];

export const burnRow: Row = {
    title: "Objectives",
    lines: [both.flatMap((of) => [number(shall(of)), number(left(of))]), both.map((of) => graph(burns(of)))],
};
