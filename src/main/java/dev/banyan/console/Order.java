package dev.banyan.console;

import dev.banyan.accounts.Account;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One command, as somebody gave it.
///
/// @param words what stands behind the command's name
/// @param account the root account to act for; empty for commands that need none
/// @param named the username that the terminal named, whether or not it is one
/// @param json whether the answer shall be JSON, for a program
/// @param waits whether the command may go on until somebody has scanned a code
/// @param attached the file that came with it, in Base64; empty for none
record Order(
        List<String> words,
        Optional<Account> account,
        Optional<String> named,
        boolean json,
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

    /// For people: programs do not hear it.
    void say(String line) {
        if (!json) {
            screen.line(line);
        }
    }

    Outcome fail(String line) {
        if (json) {
            show(Map.of("error", line));
        } else {
            screen.line("❌ " + line);
        }
        return Outcome.FAILED;
    }

    /// The whole answer for a program, as JSON.
    Outcome show(Object answer) {
        ConsoleJson.lines(answer).forEach(screen::line);
        return Outcome.DONE;
    }

    /// Refuses words that are no form of the command.
    Outcome usage(Command command) {
        command.usages().forEach(usage -> fail(usage, "⚠️  Usage: "));
        return Outcome.FAILED;
    }

    private void fail(String usage, String before) {
        if (json) {
            show(Map.of("error", "Usage: " + usage));
        } else {
            screen.line(before + usage);
        }
    }
}
