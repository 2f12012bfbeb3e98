package dev.banyan.console.numbers;

import static dev.banyan.console.Command.Group.GATEWAYS;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.Command.Suggestions;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.CommandResult;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.numbers.SenderChoice.Kind;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.ConnectionCheck;
import dev.banyan.whatsapp.connections.ConnectionCheck.Checked;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.connections.Connections.Listed;
import jakarta.inject.Singleton;

/// The commands about connections to gateways: which there are, whether they work, and what their gateways have.
@Singleton
public record ConnectionCommands(
        SenderChoice choice,
        ConnectionChoice named,
        PlacedNumbers placed,
        PasskeyCommand passkey,
        Connections connections,
        ConnectionCheck checks) {

    private static final int WORDS = 8;

    private record ConnectionJson(
            String id,
            String name,
            String driver,
            Optional<String> url,
            int numbers,
            Optional<String> version,
            Optional<String> engine,
            Optional<String> checkedAt,
            Optional<String> problem) {

        static ConnectionJson of(Listed listed) {
            Connection connection = listed.connection();
            return new ConnectionJson(
                    connection.id().toString(),
                    connection.name(),
                    connection.driver().key(),
                    connection.url().map(URI::toString),
                    listed.numbers(),
                    connection.facts().version(),
                    connection.facts().engine(),
                    connection.facts().checkedAt().map(Instant::toString),
                    connection.facts().problem());
        }
    }

    private record ConnectionsJson(List<ConnectionJson> connections) {}

    private record RemoteJson(String remote, String state, Optional<String> phone, Optional<String> sender) {

        static RemoteJson of(ConnectionCheck.Found found) {
            return new RemoteJson(
                    found.number().remote(),
                    found.number().status().state().key(),
                    found.number().status().phone().map(Phone::toString),
                    found.sender().map(SenderKey::id).map(Object::toString));
        }
    }

    private record CheckJson(
            String connection,
            boolean ok,
            Optional<String> version,
            Optional<String> engine,
            List<String> missing,
            String webhookUrl,
            boolean webhookRegistered,
            List<RemoteJson> numbers) {}

    /// In the order of `help`.
    public List<Command> all() {
        return List.of(
                GATEWAYS.command("connections", "List the connections to gateways", this::list),
                GATEWAYS.command("connection", "Check a connection, and list what its gateway has", this::check)
                        .taking(1, WORDS, "<name>", "\"Main WAHA\"")
                        .suggesting(this::names),
                GATEWAYS.command("add-master", "Add a master, simulated or at a connection", placed::addMaster)
                        .taking(
                                1,
                                WORDS,
                                "<name> [connection=name] [remote=session] [phone=+phone] [type=backup]",
                                "\"Amira Nasser\" \"connection=Main WAHA\" remote=old-shop")
                        .suggesting(Suggestions.of().then(this::options)),
                GATEWAYS.command("add-servant", "Add a servant, simulated or at a connection", placed::addServant)
                        .taking(
                                2,
                                WORDS,
                                "<master-id> <name> [connection=name] [remote=session] [phone=+phone] [purpose=word]",
                                "amira-nasser \"Sales Team\" \"connection=Main WAHA\" phone=+971500000102")
                        .suggesting(choice.ids(Kind.MASTER).then(this::options)),
                GATEWAYS.command(
                                "move-number", "Move a number to another connection", choice.on(Kind.ANY, placed::move))
                        .taking(
                                2,
                                3,
                                "<id> <connection>|" + PlacedNumbers.SIMULATED + " [session]",
                                "servant-1702324945601 \"Main WAHA\" old-shop")
                        .suggesting(choice.ids(Kind.ANY)
                                .then((account, before) -> before.size() > 1
                                        ? List.of()
                                        : Stream.concat(
                                                        names(account, before).stream(),
                                                        Stream.of(new Frame.Word(
                                                                PlacedNumbers.SIMULATED, "at no gateway", false)))
                                                .toList())),
                GATEWAYS.command(
                                "passkey",
                                "Go through the passkey step of a linking",
                                choice.on(Kind.ANY, passkey::run))
                        .taking(1, 2, "<id> ['<result>'|" + PasskeyCommand.MATCH + "]", "servant-1702324945601")
                        .suggesting(choice.ids(Kind.ANY)
                                .then(Suggestions.of(new Frame.Word(
                                        PasskeyCommand.MATCH, "the phone shows the same code", false)))));
    }

    private List<Frame.Word> names(Optional<Account> account, List<String> before) {
        return named.words(account, "");
    }

    private List<Frame.Word> options(Optional<Account> account, List<String> before) {
        return Stream.concat(
                        named.words(account, "connection=").stream(),
                        KeyValueArguments.words(PlacedNumbers.NAMES).stream())
                .toList();
    }

    /// `connections`
    private CommandResult list(Order order) {
        List<Listed> found = connections.list(order.tenant());
        if (order.json()) {
            return order.show(
                    new ConnectionsJson(found.stream().map(ConnectionJson::of).toList()));
        }
        order.say("🔌 CONNECTIONS (" + found.size() + ")");
        found.forEach(listed -> tell(order, listed));
        if (found.isEmpty()) {
            order.say("  (none)");
            order.say("💡 Add one on the page Numbers › Connections, or with POST /api/whatsapp/connections");
        }
        return CommandResult.DONE;
    }

    private static void tell(Order order, Listed listed) {
        Connection connection = listed.connection();
        Connection.Facts facts = connection.facts();
        String sign = facts.checkedAt().isEmpty() ? "⏳" : facts.problem().isPresent() ? "❌" : "✅";
        order.say("");
        order.say(sign + " " + connection.name() + " (" + connection.driver().title()
                + facts.version().map(version -> " " + version).orElse("")
                + facts.engine().map(engine -> ", " + engine).orElse("") + ")");
        connection.url().ifPresent(url -> order.say("    Address: " + url));
        order.say("    Numbers: " + listed.numbers());
        order.say("    Checked: " + facts.checkedAt().map(SenderTexts::minute).orElse("never"));
        facts.problem().ifPresent(problem -> order.say("    Problem: " + problem));
    }

    /// `connection`
    private CommandResult check(Order order) {
        Connection connection = named.find(order.tenant(), String.join(" ", order.words()));
        return switch (checks.check(connection.tenant(), connection.id())) {
            case Checked.Done done -> found(order, connection, done);
            case Checked.Failed(String sentence, URI _) ->
                throw new CommandRefused(connection.name() + ": " + sentence);
            case Checked.NoCredentials _ ->
                throw new CommandRefused(
                        "The credentials of " + connection.name() + " can't be read on this server. Enter them again.");
            case Checked.NotFound _ -> throw ConnectionChoice.notFound(connection.name());
        };
    }

    private static CommandResult found(Order order, Connection connection, Checked.Done done) {
        if (order.json()) {
            return order.show(new CheckJson(
                    connection.id().toString(),
                    done.missing().isEmpty(),
                    done.version(),
                    done.engine(),
                    done.missing(),
                    done.hook().toString(),
                    done.hookRegistered(),
                    done.numbers().stream().map(RemoteJson::of).toList()));
        }
        order.say("🔌 CONNECTION: " + connection.name());
        order.say("");
        order.say("Gateway: " + connection.driver().title()
                + done.version().map(version -> " " + version).orElse("")
                + done.engine().map(engine -> ", " + engine).orElse(""));
        order.say("Webhooks: " + done.hook() + (done.hookRegistered() ? "" : " (enter it at the gateway)"));
        done.missing().forEach(missing -> order.say("⚠️  " + missing));
        order.say("At the Gateway: " + done.numbers().size());
        for (ConnectionCheck.Found found : done.numbers()) {
            order.say("");
            order.say("  " + found.number().remote());
            order.say("    State: " + found.number().status().state().key());
            found.number().status().phone().ifPresent(phone -> order.say("    Phone: " + phone));
            order.say("    Account: "
                    + found.sender().map(key -> key.id().value()).orElse("none yet"));
        }
        done.numbers().stream()
                .filter(found -> found.sender().isEmpty())
                .findFirst()
                .ifPresent(free -> {
                    order.say("");
                    order.say("💡 Adopt one: 'add-master \"<name>\" \"connection=" + connection.name() + "\" remote="
                            + free.number().remote() + "'");
                });
        return CommandResult.DONE;
    }
}
