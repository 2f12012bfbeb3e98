package dev.banyan.platform.backup;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;

/// The archive's description of itself, in `manifest.json`. It is written last, when all digests are known.
///
/// @param format of the archive; a program refuses a higher one than its own
/// @param product the program that wrote it, such as `Banyan 0.1.0 (43b6ca002d)`
/// @param schemaVersion of the tables, such as `010`
/// @param database `sqlite` or `postgresql`, for people
/// @param createdAt in ISO 8601, for people
/// @param numbering the highest number assigned, by table whose rows the database numbers
record Manifest(
        int format,
        String product,
        String schemaVersion,
        String database,
        String createdAt,
        Map<String, Long> numbering,
        List<Table> tables,
        List<DataFile> files) {

    static final String ENTRY = "manifest.json";
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /// One table: `tables/{name}.jsonl`, a JSON object per row; an empty column is left out.
    ///
    /// @param sha256 of the entry's bytes, in hexadecimal
    record Table(String name, long rows, String sha256) {
        String entry() {
            return "tables/" + name + ".jsonl";
        }
    }

    /// One file of the data folder: `files/{path}`.
    ///
    /// @param mode such as `rw-------`
    /// @param sha256 of its bytes, in hexadecimal
    record DataFile(String path, String mode, String sha256) {
        String entry() {
            return "files/" + path;
        }
    }

    byte[] toJson() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static Manifest parse(byte[] json) throws IOException {
        return JSON.readValue(json, Manifest.class);
    }
}
