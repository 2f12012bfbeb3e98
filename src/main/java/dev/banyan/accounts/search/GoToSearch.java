package dev.banyan.accounts.search;

import jakarta.inject.Singleton;

/// Finds pages of the dashboard.
@Singleton
final class GoToSearch extends PlaceSearch {

    @Override
    SearchKind kind() {
        return SearchKind.PLACE;
    }
}
