package dev.banyan.console;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Sender;

/// One command as given.
///
/// @param words the words after the command's name
/// @param account the root account to act for; empty for commands that need none
/// @param named the username from the terminal, which may not exist
/// @param json whether to answer in JSON, for programs
/// @param waits whether the command may wait until a code is scanned
/// @param attached the file that came with it, in Base64; empty for none
public record Order(
        Command command,
        List<String> words,
        Optional<Account> account,
        Optional<String> named,
        boolean json,
        boolean waits,
        String attached,
        Actor actor,
        Screen screen) {

    public Order {
        words = List.copyOf(words);
    }

    /// Returns the same order without its words.
    public Order withoutWords() {
        return new Order(command, List.of(), account, named, json, waits, attached, actor, screen);
    }

    /// The root account's id.
    public AccountId tenant() {
        return account.orElseThrow().id();
    }

    public ConsoleOutput voice() {
        return new ConsoleOutput(screen, json);
    }

    /// Prints a line for people; left out in JSON output.
    public void say(String line) {
        voice().say(line);
    }

    public CommandResult fail(String line) {
        return voice().fail(line);
    }

    /// Prints the whole answer as JSON.
    public CommandResult show(Object answer) {
        return voice().show(answer);
    }

    /// Ends a command that has told people the result; programs get this answer instead.
    public CommandResult done(Object answer) {
        return json ? show(answer) : CommandResult.DONE;
    }

    /// The same for a command about one sender.
    public CommandResult done(Sender sender, Liveness liveness) {
        return done(ConsoleJson.OneSenderJson.of(sender, liveness));
    }

    /// Refuses words that fit no form of the command.
    public CommandRefused misused() {
        return CommandRefused.usage(command.usages());
    }
}
