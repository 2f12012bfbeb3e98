package dev.banyan.console;

import dev.banyan.accounts.Account;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.ConfigExport;
import dev.banyan.whatsapp.ConfigImport;
import dev.banyan.whatsapp.Customers;
import dev.banyan.whatsapp.Linking;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Senders;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads a line, finds its command and the account that it is about, and runs it.
@Singleton
final class Commands {

    /// Who acts: whoever could read the token, which is the person who runs the server.
    private static final Actor CONSOLE = new Actor(Optional.empty(), "console");

    private static final int SUGGESTED = 200;
    private static final String WAIT = "--wait";

    private final Map<String, Command> byName = new LinkedHashMap<>();
    private final ConsoleAccounts accounts;

    Commands(
            Pools pools,
            Senders senders,
            Linking linking,
            Liveness liveness,
            Customers customers,
            ConfigImport configImport,
            ConfigExport configExport,
            ConsoleAccounts accounts,
            Moves moves,
            Clock clock) {
        this.accounts = accounts;
        // In the order of `help`, which is the seed's.
        List.of(
                        new StatusCommand(pools, liveness, clock, ZoneId.systemDefault()),
                        new SimulateCommand(pools, linking, customers),
                        new CustomersCommand(pools, customers, ZoneId.systemDefault()),
                        new AddSecondaryCommand(pools, senders),
                        new ListServantsCommand(pools),
                        new ServantsByMasterCommand(pools),
                        new LinkSecondaryCommand(pools, linking),
                        new ChangeServantMasterCommand(pools, senders),
                        new StatisticsCommand(pools),
                        new RemoveSecondaryCommand(pools, senders),
                        new UseCommand(accounts),
                        new ImportConfigCommand(configImport),
                        new ExportConfigCommand(configExport),
                        moves.migrateProject(),
                        moves.exportWorkspace(),
                        moves.importWorkspace(),
                        new HelpCommand(this::all),
                        new QuitCommand())
                .forEach(command -> command.description().names().forEach(name -> byName.put(name, command)));
    }

    /// @param waits see [Order]; `--wait` in the line says so too
    /// @param attached see [Order]
    Outcome run(String line, Optional<String> account, boolean waits, String attached, Screen screen) {
        TypedLine typed = TypedLine.of(line);
        if (typed.openQuote().isPresent()) {
            screen.line("⚠️  The quote " + typed.openQuote().get() + " is not closed");
            return Outcome.FAILED;
        }
        List<String> words = typed.words();
        String name = words.isEmpty() ? StatusCommand.NAME : words.getFirst();
        Command command = byName.get(name.toLowerCase(Locale.ROOT));
        if (command == null) {
            screen.line("❓ Unknown command: '" + name + "'. Type 'help' for available commands.");
            return Outcome.FAILED;
        }
        List<String> arguments =
                words.stream().skip(1).filter(word -> !word.equals(WAIT)).toList();
        Command.Description description = command.description();
        if (arguments.size() < description.fewest() || arguments.size() > description.most()) {
            screen.line("⚠️  Usage: '" + description.usage() + "'");
            if (arguments.size() > description.most() && description.most() > 1) {
                screen.line("💡 What has spaces in it goes in quotes: " + description.wholeExample());
            }
            return Outcome.FAILED;
        }
        Optional<Account> actingFor = Optional.empty();
        if (command.needsAccount()) {
            switch (accounts.choose(account)) {
                case ConsoleAccounts.Chosen.Found found -> actingFor = Optional.of(found.account());
                case ConsoleAccounts.Chosen.Refused refused -> {
                    refused.lines().forEach(screen::line);
                    return Outcome.FAILED;
                }
            }
        }
        return command.run(
                new Order(arguments, actingFor, account, waits || words.contains(WAIT), attached, CONSOLE, screen));
    }

    /// What could stand at the end of a line: what begins as the last word does, at most so many.
    List<Frame.Word> suggest(String line, Optional<String> account) {
        TypedLine typed = TypedLine.of(line);
        int whole = typed.words().size() - (typed.endsInsideWord() ? 1 : 0);
        List<String> before = typed.words().subList(0, whole);
        String begun = typed.endsInsideWord() ? typed.words().getLast() : "";
        List<Frame.Word> possible = before.isEmpty() ? names() : arguments(before, begun, account);
        return possible.stream()
                .filter(word -> word.text().startsWith(begun))
                .limit(SUGGESTED)
                .toList();
    }

    private List<Frame.Word> names() {
        return byName.entrySet().stream()
                .map(entry -> new Frame.Word(
                        entry.getKey(), entry.getValue().description().text(), false))
                .toList();
    }

    private List<Frame.Word> arguments(List<String> before, String begun, Optional<String> account) {
        Command command = byName.get(before.getFirst().toLowerCase(Locale.ROOT));
        if (command == null || before.size() > command.description().most()) {
            return List.of();
        }
        Optional<Account> actingFor = accounts.choose(account) instanceof ConsoleAccounts.Chosen.Found(Account found)
                ? Optional.of(found)
                : Optional.empty();
        List<Frame.Word> possible = command.suggest(actingFor, before.subList(1, before.size()));
        // Ids come first: a name is offered when it is a name that somebody types.
        List<Frame.Word> ids = possible.stream()
                .filter(word -> !word.isName() && word.text().startsWith(begun))
                .toList();
        return ids.isEmpty() ? possible : ids;
    }

    /// Each command once, as `help` lists them.
    List<Command> all() {
        return byName.values().stream().distinct().toList();
    }
}
