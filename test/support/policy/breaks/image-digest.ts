import { imageBreaks } from "../images";

export const breaks = imageBreaks("image-digest", "a tag", "registry.example.com/team/app:1.2.3");
