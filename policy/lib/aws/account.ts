// To which account a resource belongs, as far as a stack tells: each provider has one.
import type { StackResource } from "../resource";

/** The default providers of aws and aws-native, of whatever version, take the same account from the environment. */
export function accountOf({ provider = "" }: StackResource): string {
    const name = provider.slice(provider.lastIndexOf("::") + 2);
    return provider === "" || /^default(?:_|$)/.test(name) ? "default" : provider;
}
