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
/// @param waits whether the command may go on until somebody has scanned a code
/// @param attached the file that came with it, in Base64; empty for none
record Order(
        List<String> words,
        Optional<Account> account,
        Optional<String> named,
        boolean waits,
        String attached,
        Actor actor,
        Screen screen) {

    Order {
        words = List.copyOf(words);
    }

    /// The root account's id.
    AccountId tenant() {
        return account.orElseThrow().id();
    }

    void say(String line) {
        screen.line(line);
    }

    Outcome fail(String line) {
        screen.line("❌ " + line);
        return Outcome.FAILED;
    }
}
