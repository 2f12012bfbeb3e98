package dev.banyan.accounts;

import dev.banyan.platform.web.Words;
import java.util.List;

/**
 * Which brands stay when the plan has no room for all. Too many to tick are named in a text instead: {@code names} has one username
 * on each line.
 */
record StayingBrands(int room, int total, List<Brand> brands, String names) {

    /** {@code state} is such as "suspended", or nothing. */
    record Brand(String username, String displayName, boolean stays, String state) {}

    public boolean named() {
        return brands.isEmpty();
    }

    public String question() {
        return "Which " + (room == 1 ? "one stays" : Words.grouped(room) + " stay") + "?";
    }

    public int leaving() {
        return Math.max(0, total - room);
    }
}
