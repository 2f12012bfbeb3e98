package dev.banyan.platform;

import module java.base;

/// What a key is narrowed to, besides its permissions, from when it is made until it is deleted.
///
/// @param networks where it works from, such as `203.0.113.0/24`; empty for everywhere
/// @param perMinute requests that it may make, if fewer than the plan allows
public record KeyLimits(Scope scope, Optional<Instant> expiresAt, List<String> networks, Optional<Integer> perMinute) {

    public static final KeyLimits NONE = new KeyLimits(Scope.ACCOUNT, Optional.empty(), List.of(), Optional.empty());

    /// The part of its account that a key is for.
    ///
    /// @param ids of it; none for the whole account
    public record Scope(Part part, Set<String> ids) {

        public static final Scope ACCOUNT = new Scope(Part.ACCOUNT, Set.of());

        public enum Part implements Keyed {
            ACCOUNT,
            BRANDS,
            PROJECT,
            WORKSPACE,
            /// A master with its servants.
            POOL
        }

        public boolean isWhole() {
            return part == Part.ACCOUNT;
        }

        /// Returns true if the scope is this thing, or has it in it.
        public boolean isFor(Part which, String id) {
            return part == which && ids.contains(id);
        }

        /// As it is stored: `brands id id`.
        public String text() {
            return Stream.concat(Stream.of(part.key()), ids.stream().sorted()).collect(Collectors.joining(" "));
        }

        public static Scope of(String text) {
            List<String> words = List.of(text.split(" "));
            return new Scope(
                    Keyed.parse(Part.class, words.getFirst()).orElseThrow(),
                    Set.copyOf(words.subList(1, words.size())));
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    public boolean isOver(Instant now) {
        return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    public boolean allows(String ip) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> Networks.contains(network, ip));
    }
}
