package dev.banyan.console.numbers;

import static dev.banyan.console.Command.Group.POOLS;
import static dev.banyan.console.Command.Group.SECONDARIES;
import static dev.banyan.console.numbers.SenderChoice.Kind.ANY;
import static dev.banyan.console.numbers.SenderChoice.Kind.MASTER;
import static dev.banyan.console.numbers.SenderChoice.Kind.SERVANT;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Command.Suggestions;
import dev.banyan.console.Frame;
import dev.banyan.whatsapp.SenderQuery;
import dev.banyan.whatsapp.Strategy;
import jakarta.inject.Singleton;

/// The commands about servants and pools, in the order of `help`: the seed's first, then ours.
@Singleton
public record PoolCommands(
        SenderChoice choice,
        SenderLists lists,
        LinkCommands links,
        PoolMembers members,
        TuningCommands tuning,
        BulkCommands bulk) {

    private static final int WORDS = 20;
    private static final int BULK_WORDS = 1_002;

    public List<Command> all() {
        return List.of(
                SECONDARIES
                        .command(
                                "add-secondary",
                                "Add a secondary account to a master",
                                choice.on(MASTER, members::addServant))
                        .taking(
                                3,
                                4,
                                "<master-id> <phone> <name> [purpose]",
                                "amira-nasser +971500000102 \"Sales Team\" sales")
                        .suggesting(choice.ids(MASTER).then(PoolCommands::purposes)),
                SECONDARIES.command("list-servants", "List all masters and their servants", lists::hierarchy),
                SECONDARIES
                        .command("servants-by-master", "List the servants of one master", lists::servants)
                        .taking(1, 1, "<master-id>", "amira-nasser")
                        .suggesting(choice.ids(MASTER)),
                SECONDARIES
                        .command(
                                "link-secondary", "Show the QR code that links a secondary account", links::linkServant)
                        .taking(1, 1, "<servant-id>", "servant-1702324945601")
                        .suggesting(choice.ids(SERVANT)),
                SECONDARIES
                        .command("change-servant-master", "Move a servant to another master", members::changeMaster)
                        .taking(2, 2, "<servant-id> <new-master-id>", "servant-1702324945601 omar-haddad")
                        .suggesting(choice.ids(SERVANT).then(choice.ids(MASTER))),
                SECONDARIES
                        .command("secondary-stats", "Show account hierarchy statistics", lists::statistics)
                        .aliases("servant-stats", "account-stats"),
                SECONDARIES
                        .command(
                                "remove-secondary",
                                "Remove a secondary account",
                                choice.on(SERVANT, members::removeServant))
                        .taking(1, 1, "<servant-id>", "servant-1702324945601")
                        .suggesting(choice.ids(SERVANT)),
                POOLS.command("set-master-type", "Make a master primary or backup", members::setType)
                        .taking(2, 2, "<master-id> primary|backup", "omar-haddad backup")
                        .suggesting(choice.ids(MASTER)
                                .then(Suggestions.of(
                                        new Frame.Word("primary", "leads its pool", false),
                                        new Frame.Word("backup", "in reserve for when a primary fails", false)))),
                POOLS.command(
                                "set-master-priority",
                                "Set a master's place; the smallest number is first",
                                members::setPriority)
                        .taking(2, 2, "<master-id> <1-999>", "omar-haddad 10")
                        .suggesting(choice.ids(MASTER).then(Suggestions.of())),
                POOLS.command("move-servants", "Move all servants to another master", members::moveServants)
                        .taking(2, 2, "<from-master-id> <to-master-id>", "omar-haddad amira-nasser")
                        .suggesting(choice.ids(MASTER)),
                POOLS.command("remove-master", "Remove a master and move its servants", members::removeMaster)
                        .taking(1, 3, "<master-id> [--move-to <master-id>]", "omar-haddad --move-to amira-nasser")
                        .suggesting((account, before) -> before.size() == 1
                                ? List.of(new Frame.Word(PoolMembers.MOVE_TO, "master that gets its servants", false))
                                : choice.ids(MASTER).words(account, before)),
                POOLS.command("tune", "Show or change a number's settings", choice.on(ANY, tuning::tune))
                        .taking(
                                1,
                                WORDS,
                                "<id> [name=value ...]",
                                "servant-1702324945601 weight=3 tags=gold,night region=AE per-day=200")
                        .suggesting(choice.ids(ANY).then((_, _) -> KeyValueArguments.words(TuningCommands.NAMES))),
                POOLS.command("pool", "Show or change how a pool shares its load", choice.on(MASTER, tuning::pool))
                        .taking(
                                1,
                                WORDS,
                                "<master-id> [name=value ...]",
                                "amira-nasser strategy=weighted per-minute=20 quiet=22:00-07:00 zone=Asia/Dubai")
                        .suggesting(choice.ids(MASTER).then((_, _) -> poolSettings())),
                POOLS.command("bulk", "Change many accounts: from a CSV file, by ID or by field=value", bulk::run)
                        .taking(
                                2,
                                BULK_WORDS,
                                "add|move|connect|tag|pause|resume|remove ... [--dry-run]",
                                "tag +gold -night purpose=sales --dry-run")
                        .withUsages(
                                "'bulk add <file> [--dry-run]'",
                                "'bulk move <master-id> <id ...|field=value ...> [--dry-run]'",
                                "'bulk connect <connection> <id ...|field=value ...> [--dry-run]'",
                                "'bulk tag <+tag|-tag ...> <id ...|field=value ...> [--dry-run]'",
                                "'bulk pause [hold|drain] <id ...|field=value ...> [--dry-run]'",
                                "'bulk resume <id ...|field=value ...> [--dry-run]'",
                                "'bulk remove <id ...|field=value ...> [--dry-run]'")
                        .suggesting(bulks()));
    }

    private static List<Frame.Word> purposes(Optional<Account> account, List<String> before) {
        return before.size() != 3
                ? List.of()
                : List.of(
                        new Frame.Word("support", "", false),
                        new Frame.Word("sales", "", false),
                        new Frame.Word("admin", "", false),
                        new Frame.Word("custom", "or any other word", false));
    }

    private static List<Frame.Word> poolSettings() {
        return Stream.concat(
                        Arrays.stream(Strategy.values())
                                .map(strategy -> new Frame.Word("strategy=" + strategy.key(), strategy.meaning, false)),
                        KeyValueArguments.words(TypedSettings.NAMES).stream())
                .toList();
    }

    private Suggestions bulks() {
        return Suggestions.of(
                        new Frame.Word("add", "servants from a CSV file", false),
                        new Frame.Word("move", "servants to another master", false),
                        new Frame.Word("connect", "numbers to a connection", false),
                        new Frame.Word("tag", "add or remove tags", false),
                        new Frame.Word("pause", "send nothing, or take no new contacts", false),
                        new Frame.Word("resume", "send again", false),
                        new Frame.Word("remove", "permanently", false))
                .then((account, before) -> Stream.of(
                                choice.ids(ANY).words(account, before),
                                KeyValueArguments.words(SenderQuery.FIELDS),
                                List.of(new Frame.Word(BulkCommands.DRY_RUN, "show what would happen", false)))
                        .flatMap(List::stream)
                        .toList());
    }
}
