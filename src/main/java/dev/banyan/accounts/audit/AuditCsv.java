package dev.banyan.accounts.audit;

import module java.base;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.banyan.platform.audit.AuditEntry;
import dev.banyan.platform.audit.AuditFilter;

/// Writes the audit log as a spreadsheet file: UTF-8, commas, a header line first. It is read and sent in parts, so
/// that its length does not matter.
public final class AuditCsv {

    private static final int AT_ONCE = 1_000;

    /// A spreadsheet would read a cell that begins with one of these as a formula, and run what a visitor typed
    /// somewhere.
    private static final String BEGINS_FORMULA = "=+-@\t\r";

    private AuditCsv() {}

    static void write(AuditPages pages, AuditPages.Reader reader, AuditFilter filter, OutputStream out)
            throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            csv.writeRecord(
                    "time", "who", "action", "what", "account", "target", "details", "ip", "sequence", "chain_hash");
            Optional<UUID> after = Optional.empty();
            do {
                AuditPages.Part part = pages.part(reader, filter, after, AT_ONCE);
                part.entries().forEach(entry -> write(csv, entry, part.names()));
                after = part.next();
            } while (after.isPresent());
        }
    }

    private static void write(CsvWriter csv, AuditEntry entry, AuditNames.Named names) {
        csv.writeRecord(
                entry.at().toString(),
                harmless(names.who(entry)),
                harmless(entry.action()),
                harmless(entry.sentence()),
                harmless(names.account(entry).orElse("")),
                harmless(entry.target()),
                harmless(entry.details().orElse("")),
                harmless(names.ip(entry)),
                entry.place().map(place -> Long.toString(place.sequence())).orElse(""),
                entry.place().map(AuditEntry.ChainPosition::hash).orElse(""));
    }

    /// Adds an apostrophe, which makes the cell plain text.
    public static String harmless(String cell) {
        return !cell.isEmpty() && BEGINS_FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
