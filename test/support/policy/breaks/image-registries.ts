import { imageBreaks } from "../images";

export const breaks = imageBreaks("image-registries", "another registry", "registry.example.com/team-evil/app:1.2.3", {
    config: { allowed: ["registry.example.com/team"] },
});
