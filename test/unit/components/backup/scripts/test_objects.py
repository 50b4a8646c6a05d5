import gzip
import io
import json
import re
import tarfile

import pytest

import objects
import storage
from failure import Doubt, Failure
from objects import ABSENT, OTHER, SAME
from samples import BACKUPS, SCHEMAS, contents, file_of, lines, make_bucket, packed, sha256, upload

LARGE = bytes(range(256)) * 4 * 1025
UNUSUAL = {
    "schemas/ünïcode/日本語/😀.json": "é".encode(),
    "schemas/a space, a+plus, a%2Fpercent & a 'quote\".json": b"1",
    "schemas/" + "long/" * 150 + "1.json": b"2",
    "schemas/two\nlines.json": b"3",
    "schemas/empty.json": b"",
    "schemas/large.bin": LARGE,
}


def put(s3, key, content, bucket=SCHEMAS, **more):
    s3.put_object(Bucket=bucket, Key=key, Body=content, **more)


def read_all(s3, data, index):
    """What a restore reads of the file."""
    return {entry["key"]: b"".join(content) for entry, content in objects.unpack(file_of(s3, data), index.values())}


def entry_of(key, content):
    return {"key": key, "size": len(content), "sha256": sha256(content), "version": "v"}


def tar_of(files):
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as tar:
        for key, content in files.items():
            member = tarfile.TarInfo(key)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return sink.getvalue()


def test_what_is_packed_comes_back_with_its_name_type_and_metadata(s3):
    for key, content in UNUSUAL.items():
        put(s3, key, content, ContentType="application/json", Metadata={"author": "ci"})
    put(s3, "other/prefix.json", b"no schema")
    data, index = packed(s3, SCHEMAS)
    assert set(index) == set(UNUSUAL)
    make_bucket(s3, "restored")
    assert objects.write(s3, "restored", objects.unpack(file_of(s3, data), index.values())) == len(UNUSUAL)
    assert contents(s3, "restored") == UNUSUAL
    for key in UNUSUAL:
        told = s3.head_object(Bucket="restored", Key=key)
        assert (told["ContentType"], told["Metadata"]) == ("application/json", {"author": "ci"})


def test_large_ones_are_written_part_by_part(s3):
    put(s3, "schemas/large", LARGE)
    put(s3, "schemas/small", LARGE[: objects.SMALL])
    data, index = packed(s3, SCHEMAS)
    make_bucket(s3, "restored")
    objects.write(s3, "restored", objects.unpack(file_of(s3, data), index.values()))
    # Only the ETag of an upload in parts has a dash.
    etags = {one["Key"]: one["ETag"] for one in s3.list_objects_v2(Bucket="restored")["Contents"]}
    assert ("-" in etags["schemas/large"], "-" in etags["schemas/small"]) == (True, False)


def test_the_index_comes_back(s3):
    for key, content in UNUSUAL.items():
        put(s3, key, content)
    _, index = packed(s3, SCHEMAS)
    text = lines(index)
    assert len(text.splitlines()) == len(UNUSUAL)
    assert list(objects.read_index(file_of(s3, text))) == list(index.values())


def test_an_empty_bucket_is_an_empty_file(s3):
    data, index = packed(s3, SCHEMAS)
    assert index == {}
    assert read_all(s3, data, index) == {}
    assert list(objects.read_index(file_of(s3, b""))) == []


def test_deleted_ones_are_left_out_and_those_made_again_are_as_they_are_now(s3):
    for key in ("deleted", "again", "changed"):
        put(s3, f"schemas/{key}", b"first")
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/deleted")
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/again")
    put(s3, "schemas/again", b"second")
    put(s3, "schemas/changed", b"second")
    data, index = packed(s3, SCHEMAS)
    assert read_all(s3, data, index) == {"schemas/again": b"second", "schemas/changed": b"second"}
    for key, entry in index.items():
        assert entry["version"] == s3.head_object(Bucket=SCHEMAS, Key=key)["VersionId"]


def test_what_happens_after_the_listing_changes_nothing(s3):
    put(s3, "schemas/deleted", b"listed")
    put(s3, "schemas/changed", b"listed")
    listed = list(objects.current(s3, SCHEMAS))
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/deleted")
    put(s3, "schemas/changed", b"later")
    sink = io.BytesIO()
    index = {entry["key"]: entry for entry in objects.pack(s3, SCHEMAS, listed, sink)}
    assert read_all(s3, sink.getvalue(), index) == {"schemas/changed": b"listed", "schemas/deleted": b"listed"}


@pytest.mark.parametrize(
    ("later", "said"),
    [(b"longer than listed", "has more bytes than its listing says"), (b"less", "was cut off while it was read")],
)
def test_without_versions_a_change_after_the_listing_is_noticed(s3, later, said):
    make_bucket(s3, "plain", versions=False)
    put(s3, "schemas/1", b"listed", bucket="plain")
    listed = list(objects.current(s3, "plain"))
    put(s3, "schemas/1", later, bucket="plain")
    with pytest.raises(Failure, match=said):
        list(objects.pack(s3, "plain", listed, io.BytesIO()))


FILES = {"schemas/1": b"one" * 1000, "schemas/2": bytes(storage.MEBIBYTE)}
INDEX = {key: entry_of(key, content) for key, content in FILES.items()}


def test_a_good_file_is_read(s3):
    assert read_all(s3, tar_of(FILES), INDEX) == FILES


def test_what_its_reader_leaves_is_checked_all_the_same(s3):
    altered = {**FILES, "schemas/1": b"two" * 1000}
    with pytest.raises(Doubt, match="schemas/1 does not have the SHA-256 of its index"):
        for _ in objects.unpack(file_of(s3, tar_of(altered)), INDEX.values()):
            pass


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({**FILES, "schemas/3": b""}, "schemas/3 is not in its index"),
        ({"schemas/1": FILES["schemas/1"]}, "1 schemas of its index are not in its file, schemas/2 first"),
        ({"schemas/2": FILES["schemas/2"]}, "its file has schemas/2 where its index has schemas/1"),
        ({}, "2 schemas of its index are not in its file, schemas/1 first"),
    ],
)
def test_file_and_index_must_be_of_the_same_schemas(s3, files, said):
    with pytest.raises(Doubt, match=said):
        read_all(s3, tar_of(files), INDEX)


def test_a_folder_in_the_place_of_a_file_is_damage(s3):
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w:gz") as tar:
        folder = tarfile.TarInfo("schemas/1")
        folder.type = tarfile.DIRTYPE
        tar.addfile(folder)
    with pytest.raises(Doubt, match="schemas/1 is not in its index"):
        read_all(s3, sink.getvalue(), INDEX)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-50],
        lambda data: data[: len(data) // 2],
        lambda data: data[:5],
        lambda _: b"no gzip at all",
        lambda _: gzip.compress(b"no tar at all" * 100),
        lambda data: bytes([*data[:100], data[100] ^ 1, *data[101:]]),
    ],
)
def test_truncated_or_altered_it_is_damaged(s3, spoil):
    with pytest.raises(Doubt, match="the backup is damaged"):
        read_all(s3, spoil(tar_of(FILES)), INDEX)


def test_a_file_that_is_not_the_manifests_is_damaged(s3):
    file = upload(s3, "file", tar_of(FILES))
    with pytest.raises(Doubt, match="file does not have the SHA-256 that its manifest says"):
        list(objects.unpack(storage.Download(s3, BACKUPS, {**file, "sha256": sha256(b"another")}), INDEX.values()))


@pytest.mark.parametrize("text", [b"{", b"{}\n", b"[]\n", b"\xff\n", json.dumps({"key": []}).encode()])
def test_an_index_that_cannot_be_read_is_damaged(s3, text):
    with pytest.raises(Doubt, match="the backup is damaged: its index of schemas cannot be read"):
        list(objects.read_index(file_of(s3, text)))


def test_an_index_that_is_not_the_manifests_is_damaged(s3):
    file = upload(s3, "index", b'{"key": "schemas/1"}\n')
    with pytest.raises(Doubt, match="index has 21 bytes; its manifest says 20"):
        list(objects.read_index(storage.Download(s3, BACKUPS, {**file, "size": 20})))


def test_rows_without_their_object_are_missing_and_those_of_another_bucket_are_counted():
    entries = [("schemas/there", {"sha256": "a"})]
    rows = [
        (f"s3://{SCHEMAS}/schemas/there", None),
        (f"s3://{SCHEMAS}/schemas/there", ""),
        (f"s3://{SCHEMAS}/schemas/there", "a"),
        (f"s3://{SCHEMAS}/schemas/there", "b"),
        (f"s3://{SCHEMAS}/schemas/lost", None),
        ("s3://old/schemas/there", None),
        (f"s3://{SCHEMAS}-of-another/schemas/there", "a"),
    ]
    told, missing = objects.Rows(rows, SCHEMAS), objects.Missing()
    for key, entry, checksums in told.matched(entries):
        missing.look(key, checksums, entry)
    assert missing.rows == 2
    assert missing.keys == {"schemas/there", "schemas/lost"}
    assert told.elsewhere == 2


def compared(s3, bucket, index, lost=()):
    """How the bucket holds each key of the index."""
    found = objects.compared(s3, bucket, index.values(), len(index), lambda key: key not in lost)
    return dict(zip(index, found))


def test_a_schema_that_was_lost_before_the_backup_takes_no_better_ones_place(s3, capsys):
    put(s3, "schemas/1", b"spoiled")
    _, index = packed(s3, SCHEMAS)
    put(s3, "schemas/1", b"better")
    assert compared(s3, SCHEMAS, index, lost={"schemas/1"}) == {"schemas/1": SAME}
    assert capsys.readouterr().out == ""


def test_what_a_restore_replaces_is_named_with_its_version_and_can_be_copied_back(s3, capsys):
    for name in ("changed", "deleted", "kept", "written again"):
        put(s3, f"schemas/{name}", b"of the backup")
    data, index = packed(s3, SCHEMAS)
    put(s3, "schemas/changed", b"newer content")
    put(s3, "schemas/written again", b"of the backup")
    put(s3, "schemas/new", b"beyond the backup")
    s3.delete_object(Bucket=SCHEMAS, Key="schemas/deleted")

    held = compared(s3, SCHEMAS, index)
    # Of one length with the backup's: only the content tells.
    assert held == {
        "schemas/changed": OTHER,
        "schemas/deleted": ABSENT,
        "schemas/kept": SAME,
        "schemas/written again": SAME,
    }

    unpacked = objects.unpack(file_of(s3, data), index.values())
    objects.write(s3, SCHEMAS, (item for item in unpacked if held[item[0]["key"]] != SAME))
    old = dict.fromkeys(index, b"of the backup")
    assert contents(s3, SCHEMAS) == {**old, "schemas/new": b"beyond the backup"}
    [(version, key)] = re.findall("replacing version (.*) of (.*)", capsys.readouterr().out)
    s3.copy_object(Bucket=SCHEMAS, Key=key, CopySource={"Bucket": SCHEMAS, "Key": key, "VersionId": version})
    assert contents(s3, SCHEMAS)["schemas/changed"] == b"newer content"


def test_without_versions_only_the_content_tells_what_differs(s3):
    make_bucket(s3, "plain", versions=False)
    for name in ("changed", "kept", "longer"):
        put(s3, f"schemas/{name}", b"of the backup", bucket="plain")
    _, index = packed(s3, "plain")
    put(s3, "schemas/changed", b"newer content", bucket="plain")
    put(s3, "schemas/longer", b"of the backup and more", bucket="plain")
    assert compared(s3, "plain", index) == {"schemas/changed": OTHER, "schemas/kept": SAME, "schemas/longer": OTHER}
