package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Pools.Overview;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.registry.BulkSenders;
import dev.banyan.whatsapp.registry.BulkSenders.Bulk;
import dev.banyan.whatsapp.registry.BulkSenders.Parsed;
import dev.banyan.whatsapp.registry.BulkSenders.Progress;
import dev.banyan.whatsapp.registry.BulkSenders.Report;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `bulk`: one action on many senders, from a file or a selection.
final class BulkCommand implements Command {

    private static final int WORDS = 1_002;
    private static final String DRY_RUN = "--dry-run";

    private record LineJson(int row, String subject, Optional<String> sender, String text, boolean ok) {}

    private record ReportJson(boolean dryRun, int done, int failed, List<LineJson> lines) {}

    private final Pools pools;
    private final BulkSenders bulk;

    BulkCommand(Pools pools, BulkSenders bulk) {
        this.pools = pools;
        this.bulk = bulk;
    }

    @Override
    public Description description() {
        return new Description(
                Group.SECONDARIES,
                List.of("bulk"),
                "add|move|tag|remove ... [--dry-run]",
                "tag +gold -night purpose=sales --dry-run",
                "Do it to many: from a CSV file, to ids, or to what field=value finds",
                2,
                WORDS);
    }

    @Override
    public List<String> usages() {
        return List.of(
                "'bulk add <file> [--dry-run]'",
                "'bulk move <master-id> <id ...|field=value ...> [--dry-run]'",
                "'bulk tag <+tag|-tag ...> <id ...|field=value ...> [--dry-run]'",
                "'bulk remove <id ...|field=value ...> [--dry-run]'");
    }

    @Override
    public boolean hasJson() {
        return true;
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        if (before.isEmpty()) {
            return List.of(
                    new Frame.Word("add", "servants from a CSV file", false),
                    new Frame.Word("move", "servants to another master", false),
                    new Frame.Word("tag", "put tags on, take tags off", false),
                    new Frame.Word("remove", "for good", false));
        }
        var words = new ArrayList<>(account.map(
                        found -> SenderChoice.words(pools.overview(found.id()).senders()))
                .orElse(List.of()));
        words.addAll(KeyValueArguments.words(SenderQuery.FIELDS));
        words.add(new Frame.Word(DRY_RUN, "say what would come of it", false));
        return words;
    }

    @Override
    public Outcome run(Order order) {
        List<String> words =
                order.words().stream().filter(word -> !word.equals(DRY_RUN)).toList();
        boolean dryRun = order.words().contains(DRY_RUN);
        String what = words.getFirst().toLowerCase(Locale.ROOT);
        List<String> rest = words.subList(1, words.size());
        Optional<Bulk> wanted = switch (what) {
            case "add" -> rest.size() == 1 ? add(order) : misused(order);
            case "move" -> rest.size() > 1 ? move(order, rest) : misused(order);
            case "tag" -> tag(order, rest);
            case "remove" ->
                rest.isEmpty() ? misused(order) : selected(order, rest).<Bulk>map(Bulk.Remove::new);
            default -> misused(order);
        };
        return wanted.map(bulk -> run(order, bulk, dryRun)).orElse(Outcome.FAILED);
    }

    private Optional<Bulk> misused(Order order) {
        order.usage(this);
        return Optional.empty();
    }

    private static Optional<Bulk> add(Order order) {
        return switch (BulkSenders.read(Base64.getDecoder().decode(order.attached()))) {
            case Parsed.Rows(List<BulkSenders.Row> rows) -> Optional.of(new Bulk.Add(rows));
            case Parsed.Broken(String why) -> {
                order.fail("Nothing was added. " + why);
                yield Optional.empty();
            }
        };
    }

    private Optional<Bulk> move(Order order, List<String> words) {
        return SenderChoice.master(order, pools.overview(order.tenant()), words.getFirst())
                .flatMap(master -> selected(order, words.subList(1, words.size()))
                        .<Bulk>map(ids -> new Bulk.Move(ids, master.id())));
    }

    private Optional<Bulk> tag(Order order, List<String> words) {
        List<String> who =
                words.stream().filter(word -> !word.matches("[+-][^0-9].*")).toList();
        if (who.isEmpty() || who.size() == words.size()) {
            return misused(order);
        }
        return selected(order, who).<Bulk>map(ids -> new Bulk.Tag(ids, tags(words, "+"), tags(words, "-")));
    }

    private static List<String> tags(List<String> words, String sign) {
        return words.stream()
                .filter(word -> word.startsWith(sign) && word.matches("[+-][^0-9].*"))
                .map(word -> word.substring(1).toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Selects senders by ids, numbers and names, or by a query.
    private Optional<List<SenderId>> selected(Order order, List<String> words) {
        if (words.stream().anyMatch(word -> word.indexOf('=') > 0)) {
            return FindCommand.query(order, words).flatMap(query -> selected(order, query));
        }
        Overview overview = pools.overview(order.tenant());
        var ids = new ArrayList<SenderId>();
        for (String word : words) {
            Optional<Sender> sender = SenderChoice.sender(order, overview, word);
            if (sender.isEmpty()) {
                return Optional.empty();
            }
            ids.add(sender.get().id());
        }
        return Optional.of(ids);
    }

    private Optional<List<SenderId>> selected(Order order, SenderQuery query) {
        // For example an empty variable in a script, which isn't meant to select everything.
        if (query.isAll()) {
            order.fail("This would mean every account; say which");
            return Optional.empty();
        }
        Optional<List<SenderId>> found = bulk.select(order.tenant(), query);
        if (found.isEmpty()) {
            order.fail(String.format(
                    Locale.ROOT, "More than %,d accounts are found; say more narrowly which", BulkSenders.MOST));
        }
        return found;
    }

    private Outcome run(Order order, Bulk wanted, boolean dryRun) {
        Report report = bulk.run(order.tenant(), order.actor(), wanted, dryRun, progress -> tell(order, progress));
        if (order.json()) {
            order.show(new ReportJson(
                    report.dryRun(),
                    report.done(),
                    report.failed(),
                    report.lines().stream()
                            .map(line -> new LineJson(
                                    line.row(),
                                    line.subject(),
                                    line.sender().map(SenderId::value),
                                    line.text(),
                                    line.ok()))
                            .toList()));
            return report.failed() == 0 ? Outcome.DONE : Outcome.FAILED;
        }
        report.lines()
                .forEach(line -> order.say("   " + (line.ok() ? "✅" : "❌") + " " + line.row() + ". " + line.subject()
                        + ": " + line.text()));
        String sum = report.done() + " done, " + report.failed() + " refused";
        if (dryRun) {
            order.say("💡 Dry run: nothing was changed. It would be " + sum);
        } else if (report.failed() == 0) {
            order.say("✅ " + sum);
        } else {
            order.say("⚠️  " + sum);
        }
        return report.failed() == 0 ? Outcome.DONE : Outcome.FAILED;
    }

    private static void tell(Order order, Progress progress) {
        if (progress.total() > progress.done()) {
            order.say(String.format(Locale.ROOT, "⏳ %,d of %,d", progress.done(), progress.total()));
        }
    }
}
