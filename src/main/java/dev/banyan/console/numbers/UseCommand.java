package dev.banyan.console.numbers;

import dev.banyan.accounts.Account;
import dev.banyan.console.Command;
import dev.banyan.console.ConsoleAccounts;
import dev.banyan.console.Frame;
import dev.banyan.console.Order;
import dev.banyan.console.Outcome;
import java.util.List;
import java.util.Optional;

/// `use`: chooses the account that the console acts for.
public final class UseCommand implements Command {

    private final ConsoleAccounts accounts;

    public UseCommand(ConsoleAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Description description() {
        return new Description(
                Group.UTILITY, List.of("use"), "[username]", "creativeagency", "Choose the account to act for", 0, 1);
    }

    /// Without a name, it shows the account that the console acts for.
    @Override
    public boolean needsAccount() {
        return false;
    }

    @Override
    public List<Frame.Word> suggest(Optional<Account> account, List<String> before) {
        return accounts.candidates(ConsoleAccounts.LISTED).stream()
                .map(candidate -> new Frame.Word(candidate.username(), candidate.displayName(), false))
                .toList();
    }

    @Override
    public Outcome run(Order order) {
        Optional<String> wanted = order.words().stream().findFirst().or(order::named);
        return switch (accounts.choose(wanted)) {
            case ConsoleAccounts.Chosen.Found(Account account) -> {
                order.say("Acting for " + account.username() + " (" + account.displayName() + ")");
                yield Outcome.actingFor(account.username());
            }
            case ConsoleAccounts.Chosen.Refused refused -> refused.tell(order.voice());
        };
    }
}
