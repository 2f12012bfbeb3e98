package dev.banyan.whatsapp.numbers;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.Unlink;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Applies the operations of [Senders] and [Tuning] to many senders, with the same rules. A failure of one sender
/// doesn't stop the others; a dry run reports the result for each without changing anything.
@Singleton
public final class BulkSenders {

    /// Most rows in one run.
    public static final int MOST = 1_000;

    /// Bytes of a list of new senders.
    public static final int LARGEST_LIST = 1024 * 1024;

    /// Rows per transaction and per write of the file.
    private static final int AT_ONCE = 100;

    /// A bulk action.
    public sealed interface Bulk {

        /// Adds servants.
        record Add(List<Row> rows) implements Bulk {

            public Add {
                rows = List.copyOf(rows);
            }
        }

        /// Moves servants to another master.
        record Move(List<SenderId> senders, SenderId master) implements Bulk {

            public Move {
                senders = List.copyOf(senders);
            }
        }

        /// Adds and removes tags; other tags stay.
        record Tag(List<SenderId> senders, List<String> add, List<String> remove) implements Bulk {

            public Tag {
                senders = List.copyOf(senders);
                add = List.copyOf(add);
                remove = List.copyOf(remove);
            }
        }

        /// Pauses numbers, or resumes them.
        ///
        /// @param how empty: they are resumed
        record Hold(List<SenderId> senders, Optional<Pause> how) implements Bulk {

            public Hold {
                senders = List.copyOf(senders);
            }
        }

        /// Removes servants, and masters without remaining servants.
        record Remove(List<SenderId> senders) implements Bulk {

            public Remove {
                senders = List.copyOf(senders);
            }
        }
    }

    /// A new servant as typed; a blank field counts as absent.
    ///
    /// @param number of the row in its file, for the report
    /// @param master the id of its master
    /// @param tags separated by spaces, commas or semicolons
    /// @param weight see [SenderOverrides]
    public record Row(
            int number,
            String master,
            String phone,
            String name,
            String purpose,
            String tags,
            String region,
            String weight,
            String priority) {}

    /// The progress of a run.
    public record Progress(int done, int total) {}

    /// The result of one row.
    ///
    /// @param row counted from 1, or its number in the file
    /// @param subject the id or the phone number that the row names
    /// @param sender the sender concerned; empty if there is none, or none yet
    /// @param text for people: `moved to omar-haddad`
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "LineView")
    public record Line(
            @Schema(description = "Row number from 1, or the line of the CSV")
            int row,

            @Schema(description = "The id or phone number in this row")
            String subject,

            Optional<SenderId> sender,
            @Schema(example = "moved to sales") String text,
            boolean ok) {}

    /// The results of all rows, in order.
    public record Report(boolean dryRun, List<Line> lines) {

        public Report {
            lines = List.copyOf(lines);
        }

        public int done() {
            return (int) lines.stream().filter(Line::ok).count();
        }

        public int failed() {
            return lines.size() - done();
        }
    }

    /// A report as the API and the console answer it.
    public record ReportView(boolean dryRun, int done, int failed, List<Line> lines) {

        public static ReportView of(Report report) {
            return new ReportView(report.dryRun(), report.done(), report.failed(), report.lines());
        }
    }

    private final SenderChanges changes;
    private final Unlink unlink;
    private final Pools pools;
    private final BulkSteps steps;

    public BulkSenders(SenderChanges changes, Senders senders, Tuning tuning, Unlink unlink, Pools pools) {
        this.changes = changes;
        this.unlink = unlink;
        this.pools = pools;
        this.steps = new BulkSteps(senders, tuning);
    }

    /// Reads a CSV file with a header line: master, phone, name, purpose, tags, region, weight, priority.
    public static Outcome<List<Row>> read(byte[] csv) {
        return SenderCsv.read(csv);
    }

    /// Returns the senders that match a search; empty if they are more than [#MOST].
    public Optional<List<SenderId>> select(AccountId tenant, SenderQuery query) {
        Pools.Found found = pools.search(tenant, query, Optional.empty(), MOST);
        return found.next().isPresent()
                ? Optional.empty()
                : Optional.of(found.senders().stream().map(Sender::id).toList());
    }

    /// @param progress called after each hundred rows; in a dry run at its end
    public Report run(AccountId tenant, Actor actor, Bulk bulk, boolean dryRun, Consumer<Progress> progress) {
        int total = size(bulk);
        if (total > MOST) {
            return tooMany(total, dryRun);
        }
        List<BulkSteps.Step> all = steps.of(actor, bulk, dryRun, masters(tenant, bulk));
        var lines = new ArrayList<Line>();
        if (dryRun) {
            lines.addAll(changes.write(tenant, change -> change.undone(lines(all, change, new ArrayList<>()))));
            progress.accept(new Progress(all.size(), all.size()));
        } else {
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                List<BulkSteps.Step> portion = all.subList(from, Math.min(from + AT_ONCE, all.size()));
                lines.addAll(carryOut(tenant, portion));
                progress.accept(new Progress(from + portion.size(), all.size()));
            }
        }
        return new Report(
                dryRun,
                lines.stream()
                        .sorted((one, other) -> Integer.compare(one.row(), other.row()))
                        .toList());
    }

    static Report tooMany(int total, boolean dryRun) {
        String text = "You can change up to 1,000 rows at a time (now " + total + ")";
        return new Report(dryRun, List.of(new Line(0, "", Optional.empty(), text, false)));
    }

    private static int size(Bulk bulk) {
        return switch (bulk) {
            case Bulk.Add(List<Row> rows) -> rows.size();
            case Bulk.Move(List<SenderId> ids, SenderId _) -> ids.size();
            case Bulk.Tag(List<SenderId> ids, List<String> _, List<String> _) -> ids.size();
            case Bulk.Hold(List<SenderId> ids, Optional<Pause> _) -> ids.size();
            case Bulk.Remove(List<SenderId> ids) -> ids.size();
        };
    }

    /// Returns which of the senders to be removed are masters.
    private Set<SenderId> masters(AccountId tenant, Bulk bulk) {
        return bulk instanceof Bulk.Remove(List<SenderId> ids)
                ? pools.senders(tenant, ids).values().stream()
                        .filter(Sender::isMaster)
                        .map(Sender::id)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private List<Line> carryOut(AccountId tenant, List<BulkSteps.Step> portion) {
        var gone = new ArrayList<Sender>();
        List<Line> lines = changes.write(tenant, change -> {
            gone.clear(); // a transaction that lost a race runs again
            return lines(portion, change, gone);
        });
        gone.forEach(unlink::forget);
        return lines;
    }

    private static List<Line> lines(List<BulkSteps.Step> steps, SenderChanges.Change change, List<Sender> gone) {
        var lines = new ArrayList<Line>();
        for (BulkSteps.Step step : steps) {
            BulkSteps.Answer answer = step.act().on(change);
            answer.gone().ifPresent(gone::add);
            lines.add(new Line(step.row(), step.subject(), answer.sender(), answer.text(), answer.ok()));
        }
        return lines;
    }
}
