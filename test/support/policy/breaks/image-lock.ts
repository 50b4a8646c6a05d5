import { imageBreaks } from "../images";

/** From the folder that the tests run in. */
const config = { lock: "test/support/policy/images.lock" };

export const breaks = imageBreaks("image-lock", "an image that is not locked", "registry.example.com/team/app:1.2.4", {
    config,
});
