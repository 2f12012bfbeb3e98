package dev.banyan.accounts.exports;

import module java.base;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/// The manifest of an archive, `manifest.json`, which is written last.
///
/// @param format the archive's format; a server refuses any other than its own
/// @param kind always [#KIND], so that a backup or a workspace isn't mistaken for an account
/// @param createdAt in ISO 8601, for people
/// @param server the address of the server that wrote it, for people
@JsonIgnoreProperties(ignoreUnknown = true)
record ArchiveManifest(
        int format, String kind, String createdAt, String server, List<Content> accounts, List<Entry> entries) {

    static final String ENTRY = "manifest.json";
    static final String KIND = "banyan-account";
    static final int FORMAT = 1;

    ArchiveManifest {
        Objects.requireNonNull(accounts);
        accounts = List.copyOf(accounts);
        entries = List.copyOf(entries);
    }

    /// One account in the archive.
    ///
    /// @param folder the folder of its content: its username
    /// @param type account or brand
    /// @param counts how much there is of what
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Content(String folder, String type, String displayName, Map<String, Long> counts) {
        Content {
            Objects.requireNonNull(folder);
            counts = Map.copyOf(counts);
        }
    }

    /// @param size in bytes
    /// @param sha256 of the entry's bytes, in hexadecimal
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(String name, long size, String sha256) {
        Entry {
            Objects.requireNonNull(name);
            Objects.requireNonNull(sha256);
        }
    }
}
