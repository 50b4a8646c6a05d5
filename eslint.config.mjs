import js from "@eslint/js";
import tseslint from "typescript-eslint";

// What the rooms of the project may not do. One list each: for the same files a later rule of the same name would replace the first.

/** Modules that may not be imported. */
const restrictedImports = [
    {
        regex: "(^|/)sandbox(/|$)|^justdb-cloud-sandbox(/|$)",
        message: "The sandbox uses the product, never the other way round.",
    },
];

/** Whole packages, which take a second to load, and hide from the other rules what is used of them. */
const restrictedRoots = [
    {
        regex: "^@pulumi/(aws|kubernetes|random)(/index(\\.js)?)?$",
        message: "Import the module that has the resource, such as @pulumi/kubernetes/core/v1.",
    },
];

/** A NetworkPolicy comes from the flows of the parts, so that each connection stands in the part that opens it. */
const restrictedPolicies = [
    {
        regex: "^@pulumi/kubernetes/(extensions|networking)(?!/v1/ingress$)",
        message:
            "NetworkPolicies are made in components/network/ alone: declare the connection in the flows.ts of the part.",
    },
];

const restrictedFlows = [
    {
        regex: "(^|/)lib/flow$",
        allowImportNames: ["PodKind"],
        message: "Declare connections in the flows.ts of the part.",
    },
];

/** Syntax that is not allowed. */
const restrictedSyntax = [
    {
        selector:
            ":matches(ImportExpression, TSImportType) Literal[value=/(^|\\u002F)sandbox(\\u002F|$)|^justdb-cloud-sandbox/]",
        message: restrictedImports[0].message,
    },
];

export default tseslint.config(
    {
        ignores: [
            "node_modules/",
            "**/target/",
            "policy/dist/",
            "policy/presets/",
            "bench/empty-pack/",
            "eslint.config.mjs",
            "**/*.cjs",
        ],
    },
    js.configs.recommended,
    ...tseslint.configs.recommendedTypeChecked,
    { languageOptions: { parserOptions: { project: "./tsconfig.all.json", tsconfigRootDir: import.meta.dirname } } },
    {
        // For modules whose exports are set or read by name: an `import *` may be a copy of them.
        rules: { "@typescript-eslint/no-require-imports": ["error", { allowAsImport: true }] },
    },
    {
        files: ["index.ts", "components/**", "policy/**", "ci/**", "tools/**"],
        rules: {
            "@typescript-eslint/no-restricted-imports": ["error", { patterns: restrictedImports }],
            "no-restricted-syntax": ["error", ...restrictedSyntax],
        },
    },
    ...[
        { files: ["components/**"], patterns: restrictedRoots },
        {
            files: ["components/**"],
            ignores: ["components/network/**"],
            patterns: [...restrictedRoots, ...restrictedPolicies],
        },
        {
            files: ["components/**"],
            ignores: ["components/*/flows.ts", "components/lib/**", "components/network/**"],
            patterns: [...restrictedRoots, ...restrictedPolicies, ...restrictedFlows],
        },
    ].map(({ patterns, ...where }) => ({
        ...where,
        rules: {
            "@typescript-eslint/no-restricted-imports": ["error", { patterns: [...restrictedImports, ...patterns] }],
        },
    })),
    {
        // The list of the parts' flows has nothing of its own.
        files: ["components/*/part.ts"],
        rules: {
            "no-restricted-syntax": [
                "error",
                ...restrictedSyntax,
                {
                    selector: "Property[key.name='flows'][shorthand=false]",
                    message: "Declare connections in the flows.ts of the part.",
                },
            ],
        },
    },
    {
        files: ["test/**", "bench/**"],
        rules: {
            "@typescript-eslint/no-restricted-imports": [
                "error",
                { patterns: [{ regex: "(^|/)sandbox/", message: "Import it from sandbox/index.ts." }] },
            ],
        },
    },
    {
        // Tests read objects of the cluster and of plans as they come; a wrong path fails the test.
        files: ["test/**", "sandbox/test/**"],
        rules: { "@typescript-eslint/no-unsafe-member-access": "off" },
    },
);
