package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.whatsapp.Pause;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.numbers.BulkMoves;
import dev.banyan.whatsapp.numbers.BulkSenders;
import dev.banyan.whatsapp.numbers.BulkSenders.Bulk;
import dev.banyan.whatsapp.numbers.BulkSenders.Progress;
import dev.banyan.whatsapp.numbers.BulkSenders.Report;
import dev.banyan.whatsapp.numbers.BulkSenders.ReportView;
import jakarta.inject.Singleton;

/// `bulk`: one action on many senders, from a file or a selection.
@Singleton
record BulkCommands(Pools pools, BulkSenders bulk, BulkMoves moves, ConnectionChoice connections) {

    static final String DRY_RUN = "--dry-run";

    CommandResult run(Order order) {
        List<String> words =
                order.words().stream().filter(word -> !word.equals(DRY_RUN)).toList();
        boolean dryRun = order.words().contains(DRY_RUN);
        List<String> rest = words.subList(1, words.size());
        if (words.getFirst().equalsIgnoreCase("connect")) {
            return connect(order, rest, dryRun);
        }
        Bulk wanted = switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "add" -> add(order, rest);
            case "move" -> move(order, rest);
            case "tag" -> tag(order, rest);
            case "pause" -> pause(order, rest);
            case "resume" -> new Bulk.Hold(selected(order, rest), Optional.empty());
            case "remove" -> new Bulk.Remove(selected(order, rest));
            default -> throw order.misused();
        };
        return run(order, wanted, dryRun);
    }

    private static Bulk add(Order order, List<String> words) {
        if (words.size() != 1) {
            throw order.misused();
        }
        return BulkSenders.read(Base64.getDecoder().decode(order.attached()))
                .map(Bulk.Add::new)
                .orElseThrow(refusal -> new CommandRefused("Nothing was added. "
                        + ((Refusal.Rejected) refusal).first().apiMessage()));
    }

    private Bulk move(Order order, List<String> words) {
        if (words.size() < 2) {
            throw order.misused();
        }
        Sender master = SenderChoice.find(pools.overview(order.tenant()), Kind.MASTER, words.getFirst());
        return new Bulk.Move(selected(order, words.subList(1, words.size())), master.id());
    }

    private Bulk tag(Order order, List<String> words) {
        List<String> who =
                words.stream().filter(word -> !word.matches("[+-][^0-9].*")).toList();
        if (who.isEmpty() || who.size() == words.size()) {
            throw order.misused();
        }
        return new Bulk.Tag(selected(order, who), tags(words, "+"), tags(words, "-"));
    }

    private Bulk pause(Order order, List<String> words) {
        Optional<Pause> how = words.stream().findFirst().flatMap(Pause::parse);
        return new Bulk.Hold(
                selected(order, how.isPresent() ? words.subList(1, words.size()) : words),
                how.or(() -> Optional.of(Pause.HOLD)));
    }

    private CommandResult connect(Order order, List<String> words, boolean dryRun) {
        if (words.size() < 2) {
            throw order.misused();
        }
        Connection to = connections.find(order.tenant(), words.getFirst());
        BulkMoves.Target target = CommandRefused.unless(
                moves.target(order.tenant(), to.id().toString()),
                new CommandRefused("Connection not found: " + to.name()));
        List<SenderId> ids = selected(order, words.subList(1, words.size()));
        return told(order, moves.run(order.actor(), target, ids, dryRun, progress -> tell(order, progress)));
    }

    private static List<String> tags(List<String> words, String sign) {
        return words.stream()
                .filter(word -> word.startsWith(sign) && word.matches("[+-][^0-9].*"))
                .map(word -> word.substring(1).toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Selects senders by ids, numbers and names, or by a query.
    private List<SenderId> selected(Order order, List<String> words) {
        if (words.isEmpty()) {
            throw order.misused();
        }
        if (words.stream().anyMatch(word -> word.indexOf('=') > 0)) {
            return selected(order, SenderLists.query(words));
        }
        Overview overview = pools.overview(order.tenant());
        return words.stream()
                .map(word -> SenderChoice.find(overview, Kind.ANY, word).id())
                .toList();
    }

    private List<SenderId> selected(Order order, SenderQuery query) {
        // For example an empty variable in a script, which isn't meant to select everything.
        if (query.isAll()) {
            throw new CommandRefused("This would change every account; name the ones you mean");
        }
        return bulk.select(order.tenant(), query)
                .orElseThrow(() -> new CommandRefused(String.format(
                        Locale.ROOT, "More than %,d accounts match; narrow your search", BulkSenders.MOST)));
    }

    private CommandResult run(Order order, Bulk wanted, boolean dryRun) {
        return told(order, bulk.run(order.tenant(), order.actor(), wanted, dryRun, progress -> tell(order, progress)));
    }

    private static CommandResult told(Order order, Report report) {
        if (order.json()) {
            order.show(ReportView.of(report));
            return report.failed() == 0 ? CommandResult.DONE : CommandResult.FAILED;
        }
        report.lines()
                .forEach(line -> order.say("   " + (line.ok() ? "✅" : "❌") + " " + line.row() + ". " + line.subject()
                        + ": " + line.text()));
        String sum = report.done() + " done, " + report.failed() + " refused";
        if (report.dryRun()) {
            order.say("💡 Dry run: nothing was changed. Expected result: " + sum);
        } else if (report.failed() == 0) {
            order.say("✅ " + sum);
        } else {
            order.say("⚠️  " + sum);
        }
        return report.failed() == 0 ? CommandResult.DONE : CommandResult.FAILED;
    }

    private static void tell(Order order, Progress progress) {
        if (progress.total() > progress.done()) {
            order.say(String.format(Locale.ROOT, "⏳ %,d of %,d", progress.done(), progress.total()));
        }
    }
}
