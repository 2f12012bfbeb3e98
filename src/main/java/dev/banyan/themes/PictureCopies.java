package dev.banyan.themes;

import module java.base;
import dev.banyan.platform.Owner;

/// Pictures whose files are written for an account, and whose rows are not: a file is never copied inside a
/// transaction.
///
/// @param byOriginal the copies, by the id of what they are a copy of
public record PictureCopies(Owner to, Map<String, Picture> byOriginal, List<Row> rows) {

    /// @param original the id of the picture that was copied
    record Row(String original, Image image) {}

    public static PictureCopies none(Owner to) {
        return new PictureCopies(to, Map.of(), List.of());
    }

    public static PictureCopies of(Owner to, List<PictureCopies> all) {
        var byOriginal = new HashMap<String, Picture>();
        all.forEach(one -> byOriginal.putAll(one.byOriginal()));
        return new PictureCopies(
                to,
                Map.copyOf(byOriginal),
                all.stream().flatMap(one -> one.rows().stream()).toList());
    }

    /// Returns the first copy, of a single uploaded picture.
    public String first() {
        return rows.getFirst().original();
    }
}
