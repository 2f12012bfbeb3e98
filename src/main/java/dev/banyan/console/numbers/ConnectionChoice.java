package dev.banyan.console.numbers;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.console.CommandRefused;
import dev.banyan.console.Frame;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import jakarta.inject.Singleton;

/// Finds the connection that a word means, by its name or its id; and suggests names.
@Singleton
record ConnectionChoice(Connections connections) {

    Connection find(AccountId tenant, String typed) {
        return connections.list(tenant).stream()
                .map(Connections.Listed::connection)
                .filter(known -> known.name().equalsIgnoreCase(typed)
                        || known.id().toString().equals(typed))
                .findFirst()
                .orElseThrow(() -> notFound(typed));
    }

    static CommandRefused notFound(String typed) {
        return new CommandRefused("Connection not found: " + typed, "💡 Use 'connections' to list them");
    }

    /// @param before what comes before a name
    List<Frame.Word> words(Optional<Account> account, String before) {
        return account.stream()
                .flatMap(found -> connections.list(found.id()).stream())
                .map(Connections.Listed::connection)
                .map(known ->
                        new Frame.Word(before + known.name(), known.driver().title(), false))
                .toList();
    }
}
