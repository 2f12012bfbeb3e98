package dev.banyan.accounts.search;

import module java.base;
import dev.banyan.accounts.context.Navigation;
import dev.banyan.accounts.context.RouteRights;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.SearchWords;

/// Finds pages of the dashboard, and what can be done there.
abstract sealed class PlaceSearch implements SearchSource permits CommandSearch, GoToSearch {

    private record Found(SearchPlace place, Set<String> words) {

        static Found of(SearchPlace place) {
            return new Found(place, SearchWords.of(place.title(), List.of(place.words())));
        }

        boolean isFoundBy(List<String> typed) {
            return typed.stream().allMatch(begin -> words.stream().anyMatch(word -> word.startsWith(begin)));
        }
    }

    private final List<Found> places = SearchPlace.ALL.stream()
            .filter(place -> place.kind() == kind())
            .map(Found::of)
            .toList();

    abstract SearchKind kind();

    /// They open in the account that one acts for, where it has them, else in the root account.
    @Override
    public List<SearchHit> find(Tx tx, SearchScope scope, String text, int limit) {
        List<String> typed = SearchWords.typed(text);
        if (typed.isEmpty() || scope.context().isKey()) { // programs open no pages
            return List.of();
        }
        return places.stream()
                .filter(found -> found.isFoundBy(typed))
                .map(Found::place)
                .filter(place ->
                        RouteRights.permit(place.route(), scope.context().membership()))
                .flatMap(place -> hit(scope, place).stream())
                .limit(limit)
                .toList();
    }

    private static List<SearchHit> hit(SearchScope scope, SearchPlace place) {
        boolean here = Navigation.has(scope.context(), place.section())
                && !(place.isPersonal() && scope.context().isSubAccount());
        boolean inRoot = scope.everything() && Navigation.has(scope.context().ofRoot(), place.section());
        return here || inRoot
                ? List.of(new SearchHit(
                        place.kind(),
                        here ? scope.context().acting().id() : scope.tenant(),
                        place.title(),
                        "",
                        place.path()))
                : List.of();
    }
}
