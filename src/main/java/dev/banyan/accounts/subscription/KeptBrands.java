package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.plans.GraceStore.Place;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Limit;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Words;

/// The brands that stay if the plan has no room for all. If there are too many for checkboxes, they are listed in a
/// text: `names` has one username per line.
record KeptBrands(long room, int total, List<Brand> brands, String names) {

    /// `state` is such as "suspended", or empty.
    record Brand(String username, String displayName, boolean stays, String state) {}

    /// The most checkboxes of a form.
    private static final int MOST_BOXES = 150;

    /// The result of reading a choice.
    sealed interface Chosen {

        record These(List<AccountId> ids) implements Chosen {}

        record Wrong(FormProblem problem) implements Chosen {}
    }

    /// Builds the choice; `typed` is the previous choice, if a form was refused.
    static KeptBrands of(List<Place> places, Limit limit, Optional<List<String>> typed) {
        long room = limit.capped(places.size());
        Set<String> stay = Set.copyOf(typed.orElseGet(
                () -> places.stream().limit(room).map(Place::username).toList()));
        if (places.size() > MOST_BOXES) {
            return new KeptBrands(
                    room,
                    places.size(),
                    List.of(),
                    String.join(
                            "\n",
                            typed.orElseGet(() -> places.stream()
                                    .limit(room)
                                    .map(Place::username)
                                    .toList())));
        }
        return new KeptBrands(
                room,
                places.size(),
                places.stream()
                        .sorted(Comparator.comparing(place -> place.id().toString()))
                        .map(place -> new Brand(
                                place.username(), place.displayName(), stay.contains(place.username()), state(place)))
                        .toList(),
                "");
    }

    private static String state(Place place) {
        return place.status() == AccountStatus.SUSPENDED
                ? "suspended"
                : place.suspendsAt().isPresent() ? "read-only" : "";
    }

    /// Returns what a form sends, with checkboxes or as text.
    static List<String> typed(List<String> keep, String names) {
        return Stream.concat(keep.stream(), names.lines())
                .map(name -> name.strip().replaceFirst("^@", "").toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    static Chosen choose(List<Place> places, List<String> typed, Limit limit) {
        long room = limit.capped(places.size());
        Map<String, AccountId> known =
                places.stream().collect(Collectors.toMap(Place::username, Place::id, (one, _) -> one));
        Optional<String> unknown =
                typed.stream().filter(name -> !known.containsKey(name)).findFirst();
        if (unknown.isPresent()) {
            return new Chosen.Wrong(new FormProblem(
                    "“" + unknown.get() + "” isn't one of your brands.", "It may have been deleted. Choose again."));
        }
        if (typed.size() > room) {
            return new Chosen.Wrong(new FormProblem(
                    "You can keep " + Words.grouped(room) + ", and you chose " + Words.grouped(typed.size()) + ".",
                    "Remove " + Words.grouped(typed.size() - room) + ", or choose a plan with more room."));
        }
        return new Chosen.These(typed.stream().map(known::get).toList());
    }

    public boolean named() {
        return !names.isEmpty();
    }

    public String question() {
        return "Which " + (room == 1 ? "brand" : Words.grouped(room) + " brands") + " do you want to keep?";
    }

    public long leaving() {
        return Math.max(0, total - room);
    }
}
