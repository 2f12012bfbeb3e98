package dev.banyan.accounts.audit;

import module java.base;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.audit.AuditFilter;

/// Writes the audit log as a spreadsheet file: UTF-8, commas, a header line first. It is read and sent in parts, so
/// that its length does not matter.
final class AuditCsv {

    private static final int AT_ONCE = 1_000;

    private AuditCsv() {}

    static void write(AuditPages pages, AuditPages.Reader reader, AuditFilter filter, OutputStream out)
            throws IOException {
        try (var csv = new CsvFile(out)) {
            csv.row("time", "who", "action", "what", "account", "target", "details", "ip", "sequence", "chain_hash");
            Optional<UUID> after = Optional.empty();
            do {
                AuditPages.Part part = pages.part(reader, filter, after, AT_ONCE);
                part.entries().forEach(entry -> write(csv, entry, part.names()));
                after = part.next();
            } while (after.isPresent());
        }
    }

    private static void write(CsvFile csv, AuditEntry entry, AuditNames.Named names) {
        csv.row(
                entry.at().toString(),
                names.who(entry),
                entry.action(),
                entry.sentence(),
                names.account(entry).orElse(""),
                entry.target(),
                entry.details().orElse(""),
                names.ip(entry),
                entry.place().map(place -> Long.toString(place.sequence())).orElse(""),
                entry.place().map(AuditEntry.ChainPosition::hash).orElse(""));
    }
}
