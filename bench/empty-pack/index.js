// The floor of the policy pack: one rule that does nothing.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("empty-pack", {
    policies: [{ name: "nothing", description: "Nothing.", enforcementLevel: "mandatory", validateResource: () => {} }],
});
