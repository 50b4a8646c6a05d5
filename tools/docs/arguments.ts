// Reads the doc comments of the argument interfaces, by the compiler's parser alone: no types are checked.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

export interface DocumentedArgument {
    name: string;
    /** As it is written. */
    type: string;
    text: string;
    /** The text behind the tag; empty where the tag is missing. */
    default: string;
    example: string;
}

/** The arguments that one interface declares. */
export interface ArgumentGroup {
    /** Where it stands, from components/. */
    file: string;
    fields: DocumentedArgument[];
}

const components = join(__dirname, "../../components");

/** The arguments of JustDbCloud by the interfaces that it extends, in their order. */
export const documentedArguments = () => groupsOf(join(components, "parts.ts"), "JustDbCloudArgs");

/** The groups that an interface takes over, then its own. */
function groupsOf(file: string, name: string): ArgumentGroup[] {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const declaration = source.statements.find(
        (statement): statement is ts.InterfaceDeclaration =>
            ts.isInterfaceDeclaration(statement) && statement.name.text === name,
    );
    if (declaration === undefined) throw new Error(`${file} declares no interface ${name}`);
    const bases = (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
    const own = declaration.members.filter(ts.isPropertySignature).map(documented);
    return [
        ...bases.flatMap((base) => groupsOf(fileOf(base, source), base)),
        ...(own.length > 0 ? [{ file: relative(components, file), fields: own }] : []),
    ];
}

/** The file that an interface is imported from; this one, where it is not imported. */
function fileOf(name: string, source: ts.SourceFile): string {
    const imported = source.statements.filter(ts.isImportDeclaration).find(({ importClause }) => {
        const bindings = importClause?.namedBindings;
        return bindings && ts.isNamedImports(bindings) && bindings.elements.some((one) => one.name.text === name);
    });
    if (imported === undefined) return source.fileName;
    return join(dirname(source.fileName), `${(imported.moduleSpecifier as ts.StringLiteral).text}.ts`);
}

function documented(field: ts.PropertySignature): DocumentedArgument {
    const comment = ts.getJSDocCommentsAndTags(field).find(ts.isJSDoc);
    const tag = (wanted: string) => plain(comment?.tags?.find(({ tagName }) => tagName.text === wanted)?.comment);
    return {
        name: field.name.getText(),
        type: field.type?.getText() ?? "",
        text: plain(comment?.comment),
        default: tag("default"),
        example: tag("example"),
    };
}

const plain = (comment: ts.JSDoc["comment"]) => (ts.getTextOfJSDocComment(comment) ?? "").replaceAll("\n", " ");
