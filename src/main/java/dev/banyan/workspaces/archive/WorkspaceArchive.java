package dev.banyan.workspaces.archive;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/// The manifest of a workspace archive, `manifest.json`, which is written last. The archive is a ZIP file with
/// `tables/{name}.jsonl`, one JSON object per row, and `files/{id}`, the files of conversations.
///
/// @param format the archive's format; a server refuses a higher one than its own
/// @param kind always [#KIND], so that a server backup isn't mistaken for a workspace
/// @param createdAt in ISO 8601, for people
/// @param workspace its appearance, by column of `sub_clients`
@JsonIgnoreProperties(ignoreUnknown = true)
record WorkspaceArchive(
        int format,
        String kind,
        String createdAt,
        Map<String, Object> workspace,
        List<TableEntry> tables,
        List<FileEntry> files) {

    static final String ENTRY = "manifest.json";
    static final String KIND = "banyan-workspace";
    static final int FORMAT = 1;

    WorkspaceArchive {
        Objects.requireNonNull(workspace);
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    /// @param sha256 of the entry's bytes, in hexadecimal
    record TableEntry(String name, long rows, String sha256) {
        TableEntry {
            Objects.requireNonNull(name);
            Objects.requireNonNull(sha256);
        }

        String entry() {
            return "tables/" + name + ".jsonl";
        }
    }

    /// @param id of the attachment
    record FileEntry(String id, long size, String sha256) {
        FileEntry {
            Objects.requireNonNull(id);
            Objects.requireNonNull(sha256);
        }

        String entry() {
            return "files/" + id;
        }
    }
}
