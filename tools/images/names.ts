// Which images there are to mirror and to lock.
import { pluginImages } from "../../components/archive/requirements";
import { usesArchive } from "../../components/archive/uses";
import { pulledImages } from "../../components/images/pulled";
import { anyRegistry, mirrored, wholeName } from "../../components/images/reference";
import { keys, type Resolved, schema } from "../../components/parts";

const inOrder = (images: string[]) => [...new Set(images.map(wholeName))].sort();

/** Those of every option, as the program has them by default, with what runs beside a stack. */
export function everyImage(): string[] {
    const defaults = keys.filter((key) => schema[key].pulled).map((key) => schema[key].default as string);
    return inOrder([...defaults.filter((image) => image !== ""), ...pluginImages]);
}

/** Those of one stack, by the names that its pods have them by. */
export function imagesOf(settings: Resolved): string[] {
    const beside = usesArchive(settings) ? pluginImages : [];
    const behind = beside.map((image) => mirrored(image, settings.imageMirror));
    return inOrder([...(Object.values(pulledImages(settings)) as string[]), ...behind]);
}

/** How one is brought to a mirror of every registry. */
export const copyCommand = (image: string, mirror: string) =>
    `crane copy ${image} ${mirrored(image.replace(/@.*/, ""), { [anyRegistry]: mirror })}`;
