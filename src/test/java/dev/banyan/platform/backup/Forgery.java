package dev.banyan.platform.backup;

import module java.base;
import dev.banyan.platform.Digests;

/// An archive modified by an attacker who knows its format.
final class Forgery {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    Forgery(Path archive) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    /// Without updating the manifest.
    Forgery changing(String entry, String content) {
        entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Forgery without(String entry) {
        entries.remove(entry);
        return this;
    }

    Forgery inManifest(String pattern, String replacement) {
        return changing(Manifest.ENTRY, text(Manifest.ENTRY).replaceFirst(pattern, replacement));
    }

    /// With an updated manifest.
    Forgery withoutRows(String table) throws IOException {
        return rewritten(table, 0, _ -> "");
    }

    /// With an updated manifest.
    Forgery replacing(String table, String text, String other) throws IOException {
        return rewritten(table, manifestRows(table), content -> content.replace(text, other));
    }

    /// With an updated manifest.
    Forgery withFile(String path, String content) throws IOException {
        Manifest manifest = manifest();
        var files = new ArrayList<>(manifest.files());
        files.add(new Manifest.DataFile(path, "rw-r--r--", Digests.sha256Hex(content)));
        changing("files/" + path, content);
        return manifest(manifest, manifest.tables(), files);
    }

    private long manifestRows(String table) throws IOException {
        return manifest().tables().stream()
                .filter(known -> known.name().equals(table))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    private Forgery rewritten(String table, long rows, UnaryOperator<String> change) throws IOException {
        String entry = "tables/" + table + ".jsonl";
        String content = change.apply(text(entry));
        changing(entry, content);
        Manifest manifest = manifest();
        List<Manifest.Table> tables = manifest.tables().stream()
                .map(known -> known.name().equals(table)
                        ? new Manifest.Table(table, rows, Digests.sha256Hex(content))
                        : known)
                .toList();
        return manifest(manifest, tables, manifest.files());
    }

    private Manifest manifest() throws IOException {
        return Manifest.parse(text(Manifest.ENTRY).getBytes(StandardCharsets.UTF_8));
    }

    private Forgery manifest(Manifest old, List<Manifest.Table> tables, List<Manifest.DataFile> files)
            throws IOException {
        var manifest = new Manifest(
                old.format(),
                old.product(),
                old.schemaVersion(),
                old.database(),
                old.createdAt(),
                old.numbering(),
                tables,
                files);
        entries.put(Manifest.ENTRY, manifest.toJson());
        return this;
    }

    private String text(String entry) {
        byte[] content = entries.getOrDefault(entry, new byte[0]);
        return new String(content, StandardCharsets.UTF_8);
    }

    void write(Path archive) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
