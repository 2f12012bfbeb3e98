package dev.banyan.accounts.search;

import jakarta.inject.Singleton;

/// Finds what can be done.
@Singleton
final class CommandSearch extends PlaceSearch {

    @Override
    SearchKind kind() {
        return SearchKind.COMMAND;
    }
}
