import { imageBreaks } from "../images";

const rule = "image-latest-tag";

export const breaks = [
    ...imageBreaks(rule, "no tag", "registry.example.com:5000/team/app"),
    ...imageBreaks(rule, "the tag latest", "nginx:latest"),
];
