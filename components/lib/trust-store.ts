// A trust store as Java reads it: PKCS #12 (RFC 7292), with certificates alone and no password, since none of them is a secret. Java takes
// a certificate for trusted by an attribute of its own. The same certificates always make the same store.

const der = (tag: number, ...content: Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
};

/** Up to 127 in one byte, else the number of bytes before them. */
function lengthOf(length: number): number[] {
    if (length < 128) return [length];
    const bytes = [...Buffer.from(length.toString(16).padStart(8, "0"), "hex")];
    const significant = bytes.slice(bytes.findIndex((byte) => byte > 0));
    return [0x80 | significant.length, ...significant];
}

/** Each number in groups of seven bits, the first two numbers in one. */
function objectId(dotted: string): Buffer {
    const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
    const groups = (value: number, more = 0): number[] => [
        ...(value > 127 ? groups(Math.floor(value / 128), 0x80) : []),
        (value % 128) | more,
    ];
    return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap((value) => groups(value))]));
}

const sequence = (...content: Buffer[]) => der(0x30, ...content);
const set = (...content: Buffer[]) => der(0x31, ...content);
const octets = (content: Buffer) => der(0x04, content);
const explicit = (content: Buffer) => der(0xa0, content);
const version3 = der(0x02, Buffer.from([3]));
const data = (content: Buffer) => sequence(objectId("1.2.840.113549.1.7.1"), explicit(octets(content)));

const attribute = (name: string, value: Buffer) => sequence(objectId(name), set(value));
const trustedByJava = attribute("2.16.840.1.113894.746875.1.1", objectId("2.5.29.37.0"));
const named = (name: string) => attribute("1.2.840.113549.1.9.20", der(0x1e, Buffer.from(name, "utf16le").swap16()));

const certificateBag = (certificate: Buffer, index: number) =>
    sequence(
        objectId("1.2.840.113549.1.12.10.1.3"),
        explicit(sequence(objectId("1.2.840.113549.1.9.22.1"), explicit(octets(certificate)))),
        set(named(`authority-${index}`), trustedByJava),
    );

/** Of certificates in DER. */
export const trustStore = (certificates: Buffer[]): Buffer =>
    sequence(version3, data(sequence(data(sequence(...certificates.map(certificateBag))))));
