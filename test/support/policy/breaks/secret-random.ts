import type { Break } from "../break";

const rule = "secret-random";
const password = () => ({
    type: "random:index/randomPassword:RandomPassword",
    name: "db-password",
    props: { length: 32, special: false, upper: true, lower: true },
});

export const breaks: Break[] = [
    { rule, title: "too short", fixture: password, at: ["length"], value: 15, field: "length", absent: "fine" },
    {
        rule,
        title: "an alphabet of digits",
        fixture: () => ({ ...password(), props: { ...password().props, upper: false, length: 20 } }),
        at: ["lower"],
        value: false,
        field: "length",
        absent: "fine",
        unjudged: "lower",
    },
];
