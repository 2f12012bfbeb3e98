package dev.banyan.siblings;

import java.lang.StackWalker.StackFrame;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.impl.DSL;

/// Stands between the stores that [StoreWeaver] wove and jOOQ: knows each condition on an owner's column, and leaves
/// one out when it is told to. So a mutant needs no compiler.
public final class OwnerConditions {

    private static final Set<String> COLUMNS = Set.of(
            "tenant_id",
            "account_id",
            "parent_id",
            "scope_id",
            "active_account_id",
            "home_account_id",
            "identity_id",
            "project_id",
            "sub_client_id");

    /// A condition in a method of a store that others call.
    ///
    /// @param method such as `CannedReplyStore.list`
    /// @param place where it is written, such as `CannedReplyStore:88`, with a number where a line has more
    /// @param column such as `canned_replies.sub_client_id`
    /// @param join whether two columns are compared, not a column and a value
    record Place(String method, String place, String column, boolean join) {}

    private static final ThreadLocal<Set<Place>> SEEN = ThreadLocal.withInitial(HashSet::new);
    private static final ThreadLocal<Optional<Place>> LEFT_OUT = ThreadLocal.withInitial(Optional::empty);

    private OwnerConditions() {}

    /// The conditions that this thread made since it asked last.
    static Set<Place> seen() {
        Set<Place> seen = Set.copyOf(SEEN.get());
        SEEN.remove();
        return seen;
    }

    /// Does something on this thread as if a condition were not written.
    static <T> T without(Place place, Supplier<T> work) {
        LEFT_OUT.set(Optional.of(place));
        try {
            return work.get();
        } finally {
            LEFT_OUT.remove();
        }
    }

    public static <T> Condition eq(Field<T> field, T value, String place) {
        return isLeftOut(field, place, false) ? DSL.trueCondition() : field.eq(value);
    }

    public static <T> Condition eq(Field<T> field, Field<T> other, String place) {
        return isLeftOut(field, place, true) ? DSL.trueCondition() : field.eq(other);
    }

    public static <T> Condition eq(Field<T> field, Select<? extends org.jooq.Record1<T>> other, String place) {
        return isLeftOut(field, place, true) ? DSL.trueCondition() : field.eq(other);
    }

    public static Condition in(Field<?> field, Collection<?> values, String place) {
        return isLeftOut(field, place, false) ? DSL.trueCondition() : field.in(values);
    }

    public static <T> Condition in(Field<T> field, T[] values, String place) {
        return isLeftOut(field, place, false) ? DSL.trueCondition() : field.in(values);
    }

    public static <T> Condition in(Field<T> field, Select<? extends org.jooq.Record1<T>> values, String place) {
        return isLeftOut(field, place, true) ? DSL.trueCondition() : field.in(values);
    }

    private static boolean isLeftOut(Field<?> field, String place, boolean join) {
        if (!COLUMNS.contains(field.getName())) {
            return false;
        }
        String store = place.substring(0, place.indexOf(':'));
        var found = new Place(
                StackWalker.getInstance().walk(frames -> entry(frames, store)),
                place,
                field.toString().replace("\"", ""),
                join);
        SEEN.get().add(found);
        return LEFT_OUT.get().filter(found::equals).isPresent();
    }

    /// The method of the store that somebody else called: the outermost one.
    private static String entry(Stream<StackFrame> frames, String store) {
        return store + "."
                + frames.filter(frame -> frame.getClassName().endsWith("." + store)
                                && !frame.getMethodName().contains("$"))
                        .map(StackFrame::getMethodName)
                        .reduce((_, outer) -> outer)
                        .orElse("?");
    }
}
