package dev.banyan.workspaces.access;

import module java.base;

/// Generates short ids: 4 of `[0-9A-Za-z]`, and 5 once half of those are used.
///
/// Instead of counting, a draw of [#DRAWN] random ids estimates how full the space is, accurately enough and in one
/// query.
public final class ShortIds {

    static final int DRAWN = 20;
    private static final int SHORT = 4;
    private static final int LONG = 5;
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// Draws in a row that may find nothing free before this counts as a bug.
    private static final int DRAWS = 10;

    private final IntUnaryOperator random;

    public ShortIds() {
        this(new SecureRandom()::nextInt);
    }

    /// @param random returns a number from 0 to its argument, exclusive
    ShortIds(IntUnaryOperator random) {
        this.random = random;
    }

    public String next(Function<Set<String>, Set<String>> taken) {
        List<String> free = free(SHORT, taken);
        if (free.size() > DRAWN / 2) {
            return free.getFirst();
        }
        for (int draw = 0; draw < DRAWS; draw++) {
            free = free(LONG, taken);
            if (!free.isEmpty()) {
                return free.getFirst();
            }
        }
        throw new IllegalStateException("No short id is free");
    }

    private List<String> free(int length, Function<Set<String>, Set<String>> taken) {
        var drawn = new LinkedHashSet<String>();
        while (drawn.size() < DRAWN) {
            drawn.add(draw(length));
        }
        Set<String> used = taken.apply(drawn);
        return drawn.stream().filter(id -> !used.contains(id)).toList();
    }

    private String draw(int length) {
        var id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(LETTERS.charAt(random.applyAsInt(LETTERS.length())));
        }
        return id.toString();
    }
}
