import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
    {
        ignores: [
            "node_modules/",
            "**/target/",
            "policy/dist/",
            "bench/empty-pack/",
            "sandbox/go/",
            "eslint.config.mjs",
        ],
    },
    js.configs.recommended,
    ...tseslint.configs.recommendedTypeChecked,
    { languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } } },
    {
        // For modules whose exports are set or read by name: an `import *` may be a copy of them.
        rules: { "@typescript-eslint/no-require-imports": ["error", { allowAsImport: true }] },
    },
    {
        // Tests read objects of the cluster and of plans as they come; a wrong path fails the test.
        files: ["test/**"],
        rules: { "@typescript-eslint/no-unsafe-member-access": "off" },
    },
);
