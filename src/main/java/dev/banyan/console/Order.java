package dev.banyan.console;

import dev.banyan.accounts.Account;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import java.util.List;
import java.util.Optional;

/// One command, as somebody gave it.
///
/// @param words what stands behind the command's name
/// @param account the root account to act for; empty for commands that need none
/// @param named the username that the terminal named, whether or not it is one
/// @param json whether the answer shall be JSON, for a program
/// @param waits whether the command may go on until somebody has scanned a code
/// @param attached the file that came with it, in Base64; empty for none
public record Order(
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

    /// The root account's id.
    public AccountId tenant() {
        return account.orElseThrow().id();
    }

    public ConsoleOutput voice() {
        return new ConsoleOutput(screen, json);
    }

    /// For people: programs do not hear it.
    public void say(String line) {
        voice().say(line);
    }

    public Outcome fail(String line) {
        return voice().fail(line);
    }

    /// The whole answer for a program, as JSON.
    public Outcome show(Object answer) {
        return voice().show(answer);
    }

    /// Refuses words that are no form of the command.
    public Outcome usage(Command command) {
        return voice().usage(command.usages());
    }
}
